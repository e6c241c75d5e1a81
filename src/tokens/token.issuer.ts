import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { Keyring, type SigningKey } from '../keys/keyring.js';
import { SIGNING_ALGORITHMS, type SigningAlgorithmName } from '../keys/signing-algorithm.js';
import { accessTokenAlg, idTokenAlg } from '../tenants/signing-handover.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Claims } from '../users/scope-claims.js';
import type { PreparedAccessToken } from './access-token.js';
import type { EligibleUser } from './eligibility.js';
import { type IdTokenRequest, idTokenClaims, signIdToken } from './id-token.js';
import { type JwtHeader, jwtHeader, signJwt } from './jwt.js';

/** A token as it would be signed. */
export interface UnsignedToken {
  readonly header: Omit<JwtHeader, 'kid'> & {
    /** Undefined: the key is made when something is signed with it. */
    readonly kid: string | undefined;
  };
  readonly claims: Claims;
}

/** Signs access tokens and ID tokens. Tokens are signed nowhere else. */
@Injectable()
export class TokenIssuer {
  constructor(private readonly keyring: Keyring) {}

  /** The value to send. An opaque token has to be stored by the caller, in the step that permits it. */
  async issueAccessToken(tenant: Tenant, prepared: PreparedAccessToken): Promise<string> {
    if (prepared.format === 'opaque') return prepared.value;
    const key = await this.keyring.signingKey(tenant.id, accessTokenAlg(tenant));
    return signJwt(key, prepared.claims, prepared.typ);
  }

  /** Begins to read the key of the client's ID tokens, where it is not cached. */
  expectIdToken({ tenant, client }: EligibleUser): void {
    this.keyring.expect(tenant.id, idTokenAlg(tenant, client));
  }

  async issueIdToken(eligible: EligibleUser, request: IdTokenRequest): Promise<string> {
    return signIdToken(eligible, await this.idTokenKey(eligible.tenant, eligible.client), request);
  }

  /**
   * What would be signed, and is not.
   * @returns undefined for an opaque token, which says nothing
   */
  async previewAccessToken(tenant: Tenant, prepared: PreparedAccessToken): Promise<UnsignedToken | undefined> {
    if (prepared.format === 'opaque') return undefined;
    const header = await this.headerOf(tenant, accessTokenAlg(tenant), prepared.typ);
    return { header, claims: { ...prepared.claims } };
  }

  /** The same of an ID token. */
  async previewIdToken(eligible: EligibleUser, request: IdTokenRequest): Promise<UnsignedToken> {
    const { tenant, client } = eligible;
    const alg = idTokenAlg(tenant, client);
    const claims = idTokenClaims(eligible, SIGNING_ALGORITHMS[alg], request);
    return { header: await this.headerOf(tenant, alg), claims };
  }

  private async headerOf({ id }: Tenant, alg: SigningAlgorithmName, typ?: string): Promise<UnsignedToken['header']> {
    // A key that nothing was signed with yet may not be there. To look makes none.
    const key = await this.keyring.findSigningKey(id, alg);
    return { ...jwtHeader(SIGNING_ALGORITHMS[alg], '', typ), kid: key?.kid };
  }

  private idTokenKey(tenant: Tenant, client: Client): Promise<SigningKey> {
    return this.keyring.signingKey(tenant.id, idTokenAlg(tenant, client));
  }
}
