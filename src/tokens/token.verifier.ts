import { Injectable } from '@nestjs/common';
import { ClientDirectory } from '../clients/client-directory.js';
import type { Client } from '../clients/client.js';
import { digest } from '../crypto/digest.js';
import { Keyring } from '../keys/keyring.js';
import { type Scope, parseScope } from '../oauth/scope.js';
import { ApiDirectory } from '../resources/api-directory.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { type UserRow, toUser } from '../users/users.repository.js';
import type { AccessTokenClaims } from './access-token.js';
import { type AccessTokenRow, AccessTokensRepository } from './access-tokens.repository.js';
import { SignatureMemory } from './signature-memory.js';
import { isAlive } from './grant.js';
import { type Holders, type TokenAccess, heldAccess } from './held-access.js';
import { ACCESS_TOKEN_TYPE, PLAIN_JWT_TYPE } from './jwt.js';
import { isTokenIdOf } from './token-id.js';
import { verifyAccessTokenJwt } from './verify-jwt.js';

/** An access token of the tenant that is good at this moment. */
export interface ActiveAccessToken {
  readonly jti: string;
  readonly client: Client;
  readonly subject: string;
  /** Absent when the client acts for itself. */
  readonly user: User | undefined;
  /** As far as the client still holds it. */
  readonly scope: Scope;
  readonly audience: readonly string[];
  readonly issuer: string;
  /** Unix times in seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** How the user signed in, RFC 9470 §6.2. Absent when the client acts for itself. */
  readonly signIn: { readonly authTime: number; readonly acr: string; readonly amr: readonly string[] } | undefined;
  /** Of the sign-in that it rests on; absent of opaque tokens, which are for APIs. */
  readonly authTime?: number | undefined;
}

/** An API's may have groups, roles and attributes. HTTP headers of Node.js hold no more. */
const MAX_TOKEN_LENGTH = 16_384;

/** Verifies access tokens of this tenant, JWT and opaque. Every reason to refuse one has the same result. */
@Injectable()
export class TokenVerifier {
  private readonly signatures = new SignatureMemory();

  constructor(
    private readonly repository: AccessTokensRepository,
    private readonly keyring: Keyring,
    private readonly clients: ClientDirectory,
    private readonly apis: ApiDirectory,
  ) {}

  async findActive(tenant: Tenant, token: string): Promise<ActiveAccessToken | undefined> {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    const active = token.includes('.') ? await this.findJwt(tenant, token) : await this.findOpaque(tenant, token);
    return active?.client.enabled ? this.narrow(tenant, active) : undefined;
  }

  /** Signature, issuer, type and time of a JWT access token (RFC 9068 §4); says nothing about revocation. */
  async verifyJwt(tenant: Tenant, token: string): Promise<AccessTokenClaims | undefined> {
    const { byKid: keys } = await this.keyring.publishedKeys(tenant.id);
    const { signatures } = this;
    const verified = verifyAccessTokenJwt(token, { keys, issuers: tenant.issuers, signatures });
    if (!verified) return undefined;
    const { claims, typ } = verified;
    return typ === ACCESS_TOKEN_TYPE || (await this.hasPlainTokens(tenant, claims)) ? claims : undefined;
  }

  /** Whether one of the audiences is an API whose access tokens have the type `JWT`. No ID token is for an API. */
  private async hasPlainTokens(tenant: Tenant, { aud }: AccessTokenClaims): Promise<boolean> {
    const apis = await this.apis.list(tenant.id);
    return [aud].flat().some((audience) => apis.get(audience)?.accessTokenTyp === PLAIN_JWT_TYPE);
  }

  /**
   * A token outlives what was taken from its client or user, but does not keep it.
   * @returns undefined when nothing is left
   */
  narrow<Token extends Holders & TokenAccess>({ issuers }: Tenant, token: Token): Token | undefined {
    const { managementIdentifier } = this.apis;
    // Who lost every role keeps nothing.
    if (token.user?.managementPermissions.length === 0 && token.audience.includes(managementIdentifier))
      return undefined;
    const held = heldAccess(token, token, { issuers, managementIdentifier });
    return held && { ...token, ...held };
  }

  private async findJwt(tenant: Tenant, token: string): Promise<ActiveAccessToken | undefined> {
    const claims = await this.verifyJwt(tenant, token);
    const client = claims && (await this.clients.find(tenant.id, claims.client_id));
    if (!claims || !client || !isOfRegistration(claims, client)) return undefined;
    const user = await this.findUserOfJwt(tenant, client, claims);
    if (user === 'revoked') return undefined;
    return {
      jti: claims.jti,
      client,
      subject: claims.sub,
      user,
      scope: parseScope(typeof claims.scope === 'string' ? claims.scope : undefined),
      audience: [claims.aud].flat(),
      issuer: claims.iss,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
      signIn: signInOf(claims),
      authTime: claims.auth_time,
    };
  }

  private async findUserOfJwt(
    tenant: Tenant,
    client: Client,
    claims: AccessTokenClaims,
  ): Promise<User | undefined | 'revoked'> {
    const { grant_id: grantId, jti } = claims;
    if (typeof grantId === 'string') {
      const { sessionIdleLifetimeSeconds: idle } = tenant.policy;
      const row = await this.repository.findGrantOfJwt(tenant.id, { grantId, jti }, idle);
      return row && isAlive(row.grant_life, client) ? toUser(row) : 'revoked';
    }
    return (await this.repository.isJwtRevoked(tenant.id, jti)) ? 'revoked' : undefined;
  }

  private async findOpaque(tenant: Tenant, token: string): Promise<ActiveAccessToken | undefined> {
    const row = await this.repository.find(tenant.id, digest(token), tenant.policy.sessionIdleLifetimeSeconds);
    const client = row && (await this.clients.find(tenant.id, row.client_id));
    if (!row || !client || !isAlive(row.grant_life, client)) return undefined;
    return {
      jti: row.jti,
      client,
      subject: row.subject,
      user: hasUser(row) ? toUser(row) : undefined,
      scope: row.scope,
      audience: row.audience,
      issuer: row.issuer,
      issuedAt: Math.floor(row.issued_at),
      expiresAt: Math.floor(row.expires_at),
      signIn: signInOfRow(row),
    };
  }
}

/**
 * Deleting a client deletes its grants and opaque tokens. JWTs that the client got for itself remain. They name the
 * registration; those of older versions are compared by their time of issue.
 */
function isOfRegistration({ grant_id, jti, iat }: AccessTokenClaims, client: Client): boolean {
  if (typeof grant_id === 'string') return true;
  return isTokenIdOf(jti, client.registrationId) ?? iat >= Math.floor(client.registeredAt / 1000);
}

function signInOf({ auth_time: authTime, acr, amr }: AccessTokenClaims): ActiveAccessToken['signIn'] {
  return authTime === undefined || acr === undefined ? undefined : { authTime, acr, amr: amr ?? [] };
}

function signInOfRow({ auth_time: authTime, acr, amr }: AccessTokenRow): ActiveAccessToken['signIn'] {
  return authTime === null || acr === null ? undefined : { authTime: Math.floor(authTime), acr, amr: amr ?? [] };
}

function hasUser(row: AccessTokenRow): row is AccessTokenRow & UserRow {
  return row.grant_id !== null;
}
