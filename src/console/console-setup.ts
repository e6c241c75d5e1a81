import { Inject, Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import { CONFIG, type Config } from '../config/config.js';
import { operationsOf, scopeOf } from '../setup-links/setup-purposes.js';
import { type SetupAccess, SetupSessions } from '../setup-links/setup-sessions.js';
import type { Tenant } from '../tenants/tenant.js';
import { aboutConsole } from './console-person.js';
import { ConsoleProblem } from './console-problem.js';

const WHY = {
  over: 'The session has ended; open the setup link again.',
  expired: 'The setup link has expired.',
  revoked: 'The setup link was revoked.',
  maker: 'Whoever made the setup link may not do any more what it is for.',
} as const;

/** Somebody without an account who came by a setup link. */
@Injectable()
export class ConsoleSetup {
  constructor(
    private readonly sessions: SetupSessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws ConsoleProblem that says why nothing can be done any more */
  async require(tenant: Tenant, secret: string): Promise<SetupAccess> {
    const access = await this.sessions.find(tenant, secret);
    if (typeof access === 'string') throw new ConsoleProblem('setup-ended', WHY[access], { reason: access });
    return access;
  }

  async finish(tenant: Tenant, secret: string, origin: RequestOrigin): Promise<void> {
    await this.sessions.finish(tenant, secret, origin);
  }

  /** What the page is told, as it is of a person (`ConsolePerson.describe`). */
  describe(tenant: Tenant, { link, maker, endsAt }: SetupAccess): object {
    const { id, purposes, singleUse, expiresAt } = link;
    return {
      setup: {
        id,
        purposes,
        maker: maker.name,
        single_use: singleUse,
        ends_at: endsAt,
        expires_at: expiresAt,
        operations: operationsOf(purposes),
      },
      is_operator: false,
      permissions: scopeOf(purposes),
      ...aboutConsole(tenant, this.config),
    };
  }
}
