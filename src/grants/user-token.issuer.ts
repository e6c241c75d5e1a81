import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import type { Transaction } from '../database/statement.js';
import type { ResponsePart } from '../oauth/response-type.js';
import { type GrantReference, type PreparedAccessToken, prepareUserToken } from '../tokens/access-token.js';
import type { EligibleUser } from '../tokens/eligibility.js';
import {
  type GrantedSignIn,
  GrantsRepository,
  type IssuedCredentials,
  type NewCode,
} from '../tokens/grants.repository.js';
import type { IdTokenRequest } from '../tokens/id-token.js';
import { RefreshTokenFactory } from '../tokens/refresh-token.js';
import { TokenIssuer } from '../tokens/token.issuer.js';
import { type ReleasedClaims, UserClaims } from '../tokens/user-claims.js';
import type { Claims } from '../users/scope-claims.js';
import type { TokenForecast, TokenResponse } from './grant-handler.js';
import { implicitParameters } from './implicit-parameters.js';
import { tokenResponse } from './token-response.js';

/** Tokens under a grant that a user gave before. */
export interface RenewedIssuance {
  readonly grant: GrantReference;
  /** The `resource` parameters of the token request. */
  readonly resources: readonly string[];
  readonly nonce?: string | undefined;
  /**
   * Stores what is issued, in the one statement that uses up the code or token it is issued for.
   * @returns the refresh token to send, if any
   * @throws when a concurrent request was faster
   */
  readonly bind: (issued: IssuedCredentials, refreshToken: string | undefined) => Promise<string | undefined>;
  /** The event of the issuance, to be stored with it; see `Issuance`. */
  readonly eventFor?: (prepared: PreparedAccessToken) => string;
  /** Whether a fresh refresh token comes with it, when the client uses them. */
  readonly withRefreshToken: boolean;
}

/** A grant that a user gives with this request, and its first tokens. */
export interface NewIssuance {
  readonly signIn: GrantedSignIn;
  readonly resources: readonly string[];
  /** The `grant_type`: tokens are refreshed for as long as tenant and client may use it. */
  readonly grantType?: string;
  /** The event of the issuance, to be stored with it; `grantId` is that of the new grant. */
  readonly eventFor?: (prepared: PreparedAccessToken, grantId: string) => string;
}

/** The same at the authorization endpoint, whose response type says what is given. */
export interface AuthorizationIssuance {
  readonly signIn: GrantedSignIn;
  /** When the session ends, Unix time in seconds. */
  readonly sessionExpiresAt: number;
  readonly parts: readonly ResponsePart[];
  readonly code: Pick<NewCode, 'redirectUri' | 'codeChallenge'>;
  readonly nonce: string | undefined;
  /** What `release` found, before a transaction began. */
  readonly released: ReleasedClaims | undefined;
  /** The event of the authorization, to be stored with its grant. */
  readonly eventFor: (grantId: string) => string;
}

/**
 * Issues everything that a user's grant gives: access token, refresh token, ID token, code and the record of the grant.
 * Nothing of it is issued elsewhere. Every public method takes an `EligibleUser`.
 */
@Injectable()
export class UserTokenIssuer {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly refreshTokens: RefreshTokenFactory,
    private readonly issuer: TokenIssuer,
    private readonly claims: UserClaims,
  ) {}

  async renew(eligible: EligibleUser, issuance: RenewedIssuance): Promise<TokenResponse> {
    const { grant, resources, nonce, bind, withRefreshToken } = issuance;
    if (eligible.access.openid.includes('openid')) this.issuer.expectIdToken(eligible);
    // Read before the code or token is used up, so that a failure leaves it as it was.
    const { prepared, aboutUser } = await this.prepare(eligible, grant, resources);
    const refresh = withRefreshToken ? this.newRefreshToken(eligible) : undefined;
    const issued = { refresh: refresh?.stored, access: recordOf(prepared), event: issuance.eventFor?.(prepared) };
    const refreshToken = await bind(issued, refresh?.value);
    return this.respond(eligible, { grant, prepared, nonce, refreshToken, aboutUser });
  }

  /** A token request that carries the user's authorization in itself (RFC 6749 §4.3, §4.5). */
  async begin(eligible: EligibleUser, { signIn, resources, grantType, eventFor }: NewIssuance): Promise<TokenResponse> {
    const id = uuidv7();
    const grant = referenceOf(id, signIn);
    const { prepared, aboutUser } = await this.prepare(eligible, grant, resources);
    const refresh = this.newRefreshToken(eligible);
    const { refreshTokenAbsoluteLifetimeSeconds } = eligible.tenant.policy;
    const lifetimeSeconds = refresh ? refreshTokenAbsoluteLifetimeSeconds : prepared.lifetimeSeconds;
    const first = { refresh: refresh?.stored, access: recordOf(prepared), event: eventFor?.(prepared, id) };
    await this.grants.create(eligible.tenant.id, { id, eligible, signIn, lifetimeSeconds, grantType }, first);
    return this.respond(eligible, { grant, prepared, refreshToken: refresh?.value, aboutUser });
  }

  /** What a user's sign-in would give through the token endpoint. Nothing is signed, stored or recorded. */
  async preview(eligible: EligibleUser, signIn: GrantedSignIn, resources: readonly string[]): Promise<TokenForecast> {
    const { tenant, client, user } = eligible;
    const grant = referenceOf(uuidv7(), signIn);
    const { prepared, aboutUser, access } = await this.prepare(eligible, grant, resources);
    // A token that was never signed has no hash; that of any other looks like it.
    const idToken = idTokenRequest(eligible, { grant, accessToken: randomSecret(), aboutUser });
    return {
      client,
      user,
      access,
      prepared,
      signIn,
      accessToken: await this.issuer.previewAccessToken(tenant, prepared),
      idToken: idToken && (await this.issuer.previewIdToken(eligible, idToken)),
      hasRefreshToken: this.newRefreshToken(eligible) !== undefined,
    };
  }

  /**
   * What the authorization response will say of the user. It is read before a transaction begins, which would wait for a
   * second connection otherwise.
   * @returns undefined for a code alone, which gives it when it is redeemed
   */
  async release(eligible: EligibleUser, parts: readonly ResponsePart[]): Promise<ReleasedClaims | undefined> {
    return givesClaims(parts) ? this.claims.ofEligible(eligible) : undefined;
  }

  /** @returns the parameters of the authorization response: a code, or tokens through the browser, or both */
  async authorize(
    eligible: EligibleUser,
    issuance: AuthorizationIssuance,
    transaction?: Transaction,
  ): Promise<Record<string, string>> {
    const { tenant } = eligible;
    const { signIn, parts, nonce } = issuance;
    const id = uuidv7();
    const grant = referenceOf(id, signIn);
    const released = givesClaims(parts) ? requireReleased(issuance) : undefined;
    const prepared =
      released && parts.includes('token')
        ? prepareUserToken(released.eligible, grant, { ofHolder: released.ofAccess })
        : undefined;
    const code = parts.includes('code') ? randomSecret() : undefined;
    const lifetimeSeconds = lifetimeOf(eligible, issuance.sessionExpiresAt, prepared);
    const codeLifetime = { lifetimeSeconds: tenant.policy.authorizationCodeLifetimeSeconds };
    const first = {
      code: code === undefined ? undefined : { ...issuance.code, ...codeLifetime, nonce, digest: digest(code) },
      access: prepared && recordOf(prepared),
      event: issuance.eventFor(id),
    };
    await this.grants.create(tenant.id, { id, eligible, signIn, lifetimeSeconds }, first, transaction);

    const accessToken = prepared && (await this.issuer.issueAccessToken(tenant, prepared));
    // Core §5.4: claims come from the userinfo endpoint, or in the ID token when there will be no access token. This one
    // travels in a URL, which browsers and proxies keep.
    const userClaims = parts.includes('token') || parts.includes('code') ? undefined : released?.ofUser;
    const idToken = parts.includes('id_token')
      ? await this.issuer.issueIdToken(eligible, { grant, nonce, accessToken, code, userClaims })
      : undefined;
    return {
      ...(code !== undefined && { code }),
      ...implicitParameters({ prepared, accessToken, idToken }),
    };
  }

  /** What the roles of the user leave, decided and not yet issued. */
  private async prepare(eligible: EligibleUser, grant: GrantReference, resources: readonly string[]) {
    const { eligible: narrowed, ofUser, ofAccess } = await this.claims.ofEligible(eligible);
    const prepared = prepareUserToken(narrowed, grant, { resources, ofHolder: ofAccess });
    return { prepared, aboutUser: ofUser, access: narrowed.access };
  }

  /** RFC 6749 §5.1 and OpenID Connect Core §3.1.3.3. */
  private async respond(
    eligible: EligibleUser,
    { grant, prepared, nonce, refreshToken, aboutUser }: IssuedUnderGrant,
  ): Promise<TokenResponse> {
    const accessToken = await this.issuer.issueAccessToken(eligible.tenant, prepared);
    const asked = idTokenRequest(eligible, { grant, nonce, accessToken, aboutUser });
    const idToken = asked && (await this.issuer.issueIdToken(eligible, asked));
    return {
      ...tokenResponse(accessToken, prepared),
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      ...(idToken !== undefined && { id_token: idToken }),
    };
  }

  private newRefreshToken({ tenant, client }: EligibleUser) {
    if (!client.grantTypes.includes('refresh_token')) return undefined;
    const { value, digest } = this.refreshTokens.create();
    return { value, stored: { digest, idleSeconds: tenant.policy.refreshTokenIdleLifetimeSeconds } };
  }
}

interface IssuedUnderGrant {
  readonly grant: GrantReference;
  readonly prepared: PreparedAccessToken;
  readonly nonce?: string | undefined;
  readonly refreshToken: string | undefined;
  readonly aboutUser: Claims;
}

/** Undefined: nobody asked for an ID token. */
function idTokenRequest(
  { client, access }: EligibleUser,
  { aboutUser, ...request }: Omit<IdTokenRequest, 'userClaims'> & { readonly aboutUser: Claims },
): IdTokenRequest | undefined {
  if (!access.openid.includes('openid')) return undefined;
  // Core §5.4 sends the claims of scopes to the userinfo endpoint, and most clients read the ID token only. Here it
  // does not travel in a URL, and the access token beside it gives the same claims.
  return { ...request, userClaims: client.slimIdToken ? undefined : aboutUser };
}

function referenceOf(id: string, { authTime, acr, amr, sessionId }: GrantedSignIn): GrantReference {
  return { id, authTime: Math.floor(authTime), acr, amr, sessionId };
}

function givesClaims(parts: readonly ResponsePart[]): boolean {
  return parts.includes('token') || !parts.includes('code');
}

function requireReleased({ released }: AuthorizationIssuance): ReleasedClaims {
  if (!released) throw new Error('What is released was not read.');
  return released;
}

function recordOf(prepared: PreparedAccessToken) {
  return prepared.format === 'opaque' ? prepared.record : undefined;
}

/** How long anything under the grant can live: its refresh tokens, or the tokens it gives at once. */
function lifetimeOf(
  { tenant, client, access }: EligibleUser,
  sessionExpiresAt: number,
  prepared: PreparedAccessToken | undefined,
): number {
  const { policy } = tenant;
  const once = policy.authorizationCodeLifetimeSeconds + (prepared?.lifetimeSeconds ?? 0);
  if (!client.grantTypes.includes('refresh_token')) return once;
  const absolute = policy.refreshTokenAbsoluteLifetimeSeconds;
  if (access.openid.includes('offline_access')) return absolute;
  return Math.max(once, Math.min(absolute, sessionExpiresAt - Math.floor(Date.now() / 1000)));
}
