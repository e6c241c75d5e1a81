import { Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { isCanonicalJwt } from '../crypto/base64url.js';
import { Keyring } from '../keys/keyring.js';
import type { Tenant } from '../tenants/tenant.js';

export interface IdTokenHint {
  readonly subject: string;
  readonly clientId: string;
  readonly sessionId: string | undefined;
}

/** An ID token may carry the claims of its scopes, addresses of pictures and pages among them. */
const MAX_LENGTH = 16_384;
const ANY_AGE = new Date(0);

/** Recognises ID tokens of this tenant that clients send back to say whom they mean. */
@Injectable()
export class IdTokenHintVerifier {
  constructor(private readonly keyring: Keyring) {}

  /** Undefined for anything that is not an ID token of this tenant. A hint may have expired (Core §3.1.2.1). */
  async verify(tenant: Tenant, hint: string): Promise<IdTokenHint | undefined> {
    if (hint.length > MAX_LENGTH || !isCanonicalJwt(hint)) return undefined;
    try {
      const { kid, typ } = decodeProtectedHeader(hint);
      const key = typeof kid === 'string' ? (await this.keyring.publishedKeys(tenant.id)).byKid.get(kid) : undefined;
      // Access tokens have a type, ID tokens have none.
      if (!key || typ !== undefined) return undefined;
      const { payload } = await jwtVerify(hint, key.publicKey, {
        algorithms: [key.alg],
        issuer: [...tenant.issuers],
        requiredClaims: ['sub', 'aud'],
        currentDate: ANY_AGE,
      });
      const { sub, aud, sid } = payload;
      if (typeof sub !== 'string' || typeof aud !== 'string') return undefined;
      return { subject: sub, clientId: aud, sessionId: typeof sid === 'string' ? sid : undefined };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
      throw error;
    }
  }
}
