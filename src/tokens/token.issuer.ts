import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { Keyring, type SigningKey } from '../keys/keyring.js';
import { accessTokenAlg, idTokenAlg } from '../tenants/signing-handover.js';
import type { Tenant } from '../tenants/tenant.js';
import type { PreparedAccessToken } from './access-token.js';
import type { EligibleUser } from './eligibility.js';
import { type IdTokenRequest, signIdToken } from './id-token.js';
import { signJwt } from './jwt.js';

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

  private idTokenKey(tenant: Tenant, client: Client): Promise<SigningKey> {
    return this.keyring.signingKey(tenant.id, idTokenAlg(tenant, client));
  }
}
