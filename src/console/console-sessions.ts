import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import { ClientDirectory } from '../clients/client-directory.js';
import { CONSOLE_CLIENT_ID } from '../clients/client.js';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import type { TokenResponse } from '../grants/grant-handler.js';
import { TokenService } from '../grants/token.service.js';
import { type TenantCipher, TenantVault } from '../keys/tenant-vault.js';
import { OAuthError } from '../oauth/oauth-error.js';
import { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import { TokenRevoker } from '../tokens/token.revoker.js';
import { type ConsoleSessionRow, ConsoleSessionsRepository } from './console-sessions.repository.js';

/** A token that ends sooner is renewed first, so that none ends on its way. */
const RENEWED_BEFORE_SECONDS = 30;
/**
 * A process that ended during a renewal holds up others for so long. That is less than the ten seconds in which a refresh
 * token that was rotated gives the same successor again.
 */
const CLAIM = { endingWithinSeconds: RENEWED_BEFORE_SECONDS, forSeconds: 5 };
/** How often a process looks whether another one has renewed them. */
const LOOK_MS = 50;

interface ClaimedSession {
  readonly key: Buffer;
  readonly sealed: Buffer;
  readonly origin: RequestOrigin;
}

interface Tokens {
  readonly access: string;
  /** Absent where the tenant allows no refresh tokens: then the session ends with its access token. */
  readonly refresh?: string;
}

/**
 * Sessions of the console. The browser has a secret; the tokens stay here, sealed. A session has no life of its own:
 * its tokens end with the sign-in, the person and the client, and it ends with its tokens.
 */
@Injectable()
export class ConsoleSessions {
  /** One renewal of a session at a time in this process; between processes one has the claim. */
  private readonly renewals = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly repository: ConsoleSessionsRepository,
    private readonly vault: TenantVault,
    private readonly clients: ClientDirectory,
    private readonly tokens: TokenService,
    private readonly revoker: TokenRevoker,
  ) {}

  /** @returns the secret for the cookie */
  async begin(tenant: Tenant, userId: string, response: TokenResponse): Promise<string> {
    const secret = randomSecret();
    const key = digest(secret);
    const sealed = seal(await this.vault.cipher(tenant.id), key, tokensOf(response));
    await this.repository.create(tenant.id, {
      digest: key,
      userId,
      tokens: sealed,
      accessSeconds: response.expires_in,
    });
    return secret;
  }

  /** @returns an access token of the session that is good for a while; undefined when there is no such session (any more) */
  async findAccessToken(tenant: Tenant, secret: string, origin: RequestOrigin): Promise<string | undefined> {
    const key = digest(secret);
    this.vault.expect(tenant.id);
    const row = await this.repository.find(tenant.id, key);
    if (!row) return undefined;
    if (row.is_worth_keeping) await this.repository.touch(tenant.id, key);
    if (isFresh(row)) return open(await this.vault.cipher(tenant.id), key, row.tokens).access;
    return this.renewOnce(tenant, key, origin);
  }

  /** The session has no tokens that work. */
  async forget(tenant: Tenant, secret: string): Promise<void> {
    await this.repository.end(tenant.id, digest(secret));
  }

  /** Ends the session and revokes its tokens (RFC 7009 §2.1). */
  async end(tenant: Tenant, secret: string, origin: RequestOrigin): Promise<void> {
    const key = digest(secret);
    const sealed = await this.repository.end(tenant.id, key);
    const client = await this.clients.find(tenant.id, CONSOLE_CLIENT_ID);
    if (!sealed || !client) return;
    const { access, refresh } = open(await this.vault.cipher(tenant.id), key, sealed);
    await this.revoker.revoke(tenant, client, refresh ?? access, origin);
  }

  private renewOnce(tenant: Tenant, key: Buffer, origin: RequestOrigin): Promise<string | undefined> {
    const name = `${tenant.id}${key.toString('base64')}`;
    const known = this.renewals.get(name);
    if (known) return known;
    const renewal = this.renew(tenant, key, origin).finally(() => this.renewals.delete(name));
    this.renewals.set(name, renewal);
    return renewal;
  }

  /** Whoever has the claim renews. Nobody holds a connection meanwhile, because the renewal needs some itself. */
  private async renew(tenant: Tenant, key: Buffer, origin: RequestOrigin): Promise<string | undefined> {
    for (;;) {
      const sealed = await this.repository.claim(tenant.id, key, CLAIM);
      if (sealed) return this.renewClaimed(tenant, { key, sealed, origin });
      const row = await this.repository.find(tenant.id, key);
      if (!row) return undefined;
      // Another process was faster.
      if (isFresh(row)) return open(await this.vault.cipher(tenant.id), key, row.tokens).access;
      await delay(LOOK_MS);
    }
  }

  private async renewClaimed(tenant: Tenant, claimed: ClaimedSession): Promise<string | undefined> {
    const { key, sealed, origin } = claimed;
    try {
      const cipher = await this.vault.cipher(tenant.id);
      const response = await this.refresh(tenant, open(cipher, key, sealed).refresh, origin);
      if (!response) {
        await this.repository.end(tenant.id, key);
        return undefined;
      }
      const tokens = seal(cipher, key, tokensOf(response));
      await this.repository.renew(tenant.id, key, { tokens, accessSeconds: response.expires_in });
      return response.access_token;
    } catch (error) {
      // Where even that fails, the claim ends by itself.
      await this.repository.giveUpClaim(tenant.id, key).catch(() => undefined);
      throw error;
    }
  }

  /** @returns undefined when the tokens have ended for good */
  private async refresh(
    tenant: Tenant,
    token: string | undefined,
    origin: RequestOrigin,
  ): Promise<TokenResponse | undefined> {
    const client = await this.clients.find(tenant.id, CONSOLE_CLIENT_ID);
    if (!client || token === undefined) return undefined;
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token });
    try {
      return await this.tokens.exchange({ tenant, client, params: OAuthParameters.parse(form.toString()), origin });
    } catch (error) {
      if (error instanceof OAuthError && error.status < 429) return undefined;
      throw error;
    }
  }
}

function isFresh({ access_seconds: seconds }: ConsoleSessionRow): boolean {
  return seconds > RENEWED_BEFORE_SECONDS;
}

function tokensOf({ access_token: access, refresh_token: refresh }: TokenResponse): Tokens {
  return { access, ...(refresh !== undefined && { refresh }) };
}

function seal(cipher: TenantCipher, key: Buffer, tokens: Tokens): Buffer {
  return cipher.seal(Buffer.from(JSON.stringify(tokens)), contextOf(key));
}

function open(cipher: TenantCipher, key: Buffer, sealed: Buffer): Tokens {
  return JSON.parse(cipher.open(sealed, contextOf(key)).toString()) as Tokens;
}

function contextOf(key: Buffer): string {
  return `console-session:${key.toString('hex')}`;
}
