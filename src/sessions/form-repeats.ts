import { Injectable } from '@nestjs/common';
import { hmacSha256 } from '../crypto/digest.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import type { HeldSession, NextSecrets } from './held-session.js';
import { SessionsService } from './sessions.service.js';

/** A button is pressed twice within this time. */
const REPEATED_WITHIN_SECONDS = 30;

/**
 * Recognises a form that is sent twice and had an effect the first time. Nothing is stored for it: the secret under which the
 * session goes on is derived from the secret of before, from all that was sent and from a key of the tenant. The form has
 * the CSRF token of its browser. Whoever lacks any of these, such as another browser with the same code, derives another
 * secret.
 */
@Injectable()
export class FormRepeats {
  constructor(
    private readonly vault: TenantVault,
    private readonly sessions: SessionsService,
  ) {}

  /** @param path of the address that the form was sent to */
  async secretsOf(tenant: Tenant, previous: string, path: string, params: OAuthParameters): Promise<NextSecrets> {
    const key = await this.vault.deriveKey(tenant.id, 'sessions after a form');
    const form = params.entries().flat();
    const derive = (purpose: string) => hmacSha256(key, purpose, previous, path, ...form).toString('base64url');
    return { secret: derive('session'), deviceSecret: derive('device') };
  }

  /** The session as this very form left it a moment ago; undefined: the form had no effect so far. */
  async find(tenant: Tenant, next: NextSecrets | undefined): Promise<HeldSession | undefined> {
    if (!next) return undefined;
    const [session] = await this.sessions.find(tenant, [next.secret]);
    if (!session) return undefined;
    const latest = Math.max(...session.proofs.map(({ at }) => at));
    const isRecent = latest > Date.now() / 1000 - REPEATED_WITHIN_SECONDS;
    return isRecent ? { session, secret: next.secret, next } : undefined;
  }
}
