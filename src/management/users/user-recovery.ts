import { Injectable } from '@nestjs/common';
import { NotRecoverableError, PasswordResets } from '../../recovery/password-resets.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { Problem, notFound } from '../kit/problem.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { UserManagement } from './user-management.js';

const REASONS: Readonly<Record<string, string>> = {
  disabled: 'The user is disabled; enable the account first.',
  no_email: 'The user has no e-mail address; set email and email_verified first.',
  email_not_verified:
    'The e-mail address of the user is not verified; set email_verified when it is known to be theirs.',
  no_password: 'The user has no password that could be reset.',
};

/** What administrators do for people who cannot sign in. */
@Injectable()
export class UserRecovery {
  constructor(
    private readonly users: UserManagement,
    private readonly resets: PasswordResets,
  ) {}

  async sendPasswordResetMail(write: ManagementWrite, tenant: Tenant, id: string): Promise<WriteAnswer> {
    const known = await this.users.get(tenant, id);
    await this.users.requirePower(write, tenant, known);
    const { origin } = write.caller;
    try {
      return await write.perform<UserEntity>({
        tenantId: tenant.id,
        change: () => ({ type: 'user.password_reset_requested', target: `user:${id}` }),
        answer: () => NO_CONTENT,
        work: (companion) => this.resets.sendByAdministrator(tenant, id, { companion, origin }),
        otherwise: notFound,
      });
    } catch (error) {
      throw toProblem(error);
    }
  }
}

function toProblem(error: unknown): unknown {
  return error instanceof NotRecoverableError ? new Problem('conflict', REASONS[error.reason] ?? error.reason) : error;
}
