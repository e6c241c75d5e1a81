import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { digest, hmacSha256 } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { Database } from '../database/database.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Tenant } from '../tenants/tenant.js';
import { type SetupEnd, type SetupLink, setupActor } from './setup-link.js';
import { SetupLinksRepository } from './setup-links.repository.js';
import { SetupLinks } from './setup-links.service.js';
import type { StandingMaker } from './setup-makers.js';
import { SetupSessionsRepository } from './setup-sessions.repository.js';

/** A session of somebody who came by a link, which holds at this moment. */
export interface SetupAccess {
  readonly link: SetupLink;
  readonly maker: StandingMaker;
  /** When the session ends in any case. */
  readonly endsAt: Date;
}

export interface SetupBrowser {
  readonly secret: string;
  readonly origin: RequestOrigin;
}

/** Why a link cannot be opened. `used`: it was for one opening. */
export type SetupRefusal = Exclude<SetupEnd, 'over'> | 'used' | 'unknown';

/** Sessions of people who came by a link. Whatever ends the link ends them. */
@Injectable()
export class SetupSessions {
  constructor(
    private readonly database: Database,
    private readonly repository: SetupSessionsRepository,
    private readonly links: SetupLinks,
    private readonly stored: SetupLinksRepository,
    private readonly audit: AuditRecorder,
    private readonly vault: TenantVault,
  ) {}

  /** Whether a link can be opened, and who made it. It changes nothing. */
  async look(
    tenant: Tenant,
    token: string,
  ): Promise<{ readonly link: SetupLink; readonly maker: StandingMaker } | SetupRefusal> {
    const link = await this.links.findByToken(tenant, token);
    if (!link) return 'unknown';
    if (link.status !== 'open') return link.status;
    const maker = await this.links.findMaker(tenant, link);
    return maker ? { link, maker } : 'maker';
  }

  /**
   * A button that is pressed twice makes a browser discard the first answer, with its cookie, and a link for one opening
   * is used then. So its secret is derived from the link and the browser, which gets it again for half a minute.
   * @param browser its secret and where it is
   * @returns the secret for the cookie, or why the link cannot be opened
   */
  async begin(tenant: Tenant, token: string, browser: SetupBrowser): Promise<{ secret: string } | SetupRefusal> {
    const seen = await this.look(tenant, token);
    if (seen === 'used') return this.beginAgain(tenant, token, browser);
    if (typeof seen === 'string') return seen;
    const { origin } = browser;
    const secret = seen.link.singleUse ? await this.secretOf(tenant, token, browser) : randomSecret();
    const isFirst = await this.database.transaction(tenant.id, async (transaction) => {
      const link = await this.stored.open(tenant.id, digest(token), transaction);
      if (!link) return false;
      await this.repository.create(tenant.id, digest(secret), link.id, transaction);
      await this.audit.recordWith(transaction, {
        ...this.eventOf(tenant, link.id, origin),
        type: 'setup_link.opened',
        details: { made_by: link.madeBy, purposes: link.purposes },
      });
      return true;
    });
    if (isFirst) return { secret };
    const after = await this.look(tenant, token);
    return typeof after === 'string' && after !== 'used' ? after : this.beginAgain(tenant, token, browser);
  }

  /** What the session may do now, or why it may nothing any more. */
  async find(tenant: Tenant, secret: string): Promise<SetupAccess | SetupEnd> {
    const key = digest(secret);
    const row = await this.repository.find(tenant.id, key);
    if (!row) return 'over';
    const { link, isLive, endsAt, isWorthKeeping } = row;
    if (link.status === 'revoked' || link.status === 'expired') return link.status;
    if (!isLive) return 'over';
    const maker = await this.links.findMaker(tenant, link);
    if (!maker) return 'maker';
    if (isWorthKeeping) {
      await this.repository.touch(tenant.id, key);
      await this.stored.touch(tenant.id, link.id);
    }
    return { link, maker, endsAt };
  }

  /** The person is done. The link stays as it is. */
  async finish(tenant: Tenant, secret: string, origin: RequestOrigin): Promise<void> {
    await this.database.transaction(tenant.id, async (transaction) => {
      const linkId = await this.repository.end(tenant.id, digest(secret), transaction);
      if (linkId === undefined) return;
      await this.audit.recordWith(transaction, {
        ...this.eventOf(tenant, linkId, origin),
        type: 'setup_link.finished',
      });
    });
  }

  private async beginAgain(tenant: Tenant, token: string, browser: SetupBrowser) {
    const secret = await this.secretOf(tenant, token, browser);
    const row = await this.repository.find(tenant.id, digest(secret));
    return row?.isLive && row.isNew ? { secret } : 'used';
  }

  private async secretOf(tenant: Tenant, token: string, browser: SetupBrowser): Promise<string> {
    const key = await this.vault.deriveKey(tenant.id, 'setup session');
    return hmacSha256(key, token, browser.secret).toString('base64url');
  }

  private eventOf(tenant: Tenant, id: string, origin: RequestOrigin) {
    const target = `setup_link:${id}`;
    return { tenantId: tenant.id, outcome: 'success', actor: setupActor(id, tenant), target, origin } as const;
  }
}
