import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { normalizeIdentifier } from '../../users/identifier.js';
import { PasswordHasher } from '../../users/password-hasher.js';
import { type UserWithPassword, UsersRepository } from '../../users/users.repository.js';
import type { FirstFactor } from '../authentication-factor.js';

/** User name (or e-mail address) and password. */
@Injectable()
export class PasswordFactor implements FirstFactor<UserWithPassword> {
  readonly role = 'first';
  readonly name = 'password';
  readonly amr = ['pwd'];

  constructor(
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  identify(
    tenantId: TenantId,
    credentials: OAuthParameters,
    transaction: Transaction,
  ): Promise<UserWithPassword | undefined> {
    return this.users.findByIdentifier(tenantId, normalizeIdentifier(credentials.get('username')), transaction);
  }

  verify(tenantId: TenantId, account: UserWithPassword | undefined, credentials: OAuthParameters): Promise<boolean> {
    return this.hasher.verify(tenantId, account?.passwordHash, credentials.get('password'));
  }
}
