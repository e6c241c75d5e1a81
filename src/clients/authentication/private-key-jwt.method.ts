import { Injectable } from '@nestjs/common';
import { type JSONWebKeySet, type JWTPayload, decodeJwt, errors } from 'jose';
import { digest } from '../../crypto/digest.js';
import { InvalidClientError, InvalidRequestError } from '../../oauth/oauth-error.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { Tenant } from '../../tenants/tenant.js';
import { ASSERTION_ALGORITHMS, canVerifyAssertions, findKeyFault } from '../client-key.js';
import type { Client } from '../client.js';
import {
  type ClientAuthenticationMethod,
  type ClientAuthenticationRequest,
  type ClientCredentials,
  CredentialsRefused,
} from './client-authentication-method.js';
import { UsedAssertionsRepository } from './used-assertions.repository.js';
import { verifyWithJwks } from './verify-with-jwks.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const TYPES = new Set([undefined, 'JWT', 'jwt', 'client-authentication+jwt']);
/** Clocks differ; FAPI 2.0 §5.3.2.1 asks for 10 seconds at least and 60 at most. */
const CLOCK_TOLERANCE_SECONDS = 10;
const MAX_LIFETIME_SECONDS = 600;
const MAX_JTI_LENGTH = 256;

/** A JWT signed with the client's private key, RFC 7523 §2.2 and §3; the key is in the registered `jwks`. */
@Injectable()
export class PrivateKeyJwtMethod implements ClientAuthenticationMethod {
  readonly name = 'private_key_jwt';
  private readonly usable = new WeakMap<JSONWebKeySet, JSONWebKeySet>();

  constructor(
    private readonly usedAssertions: UsedAssertionsRepository,
    private readonly addresses: TenantAddresses,
  ) {}

  read({ params }: ClientAuthenticationRequest): ClientCredentials | undefined {
    const type = params.find('client_assertion_type');
    const proof = params.find('client_assertion');
    if (type === undefined && proof === undefined) return undefined;
    if (type !== ASSERTION_TYPE || proof === undefined) {
      throw new InvalidRequestError('client_assertion and a known client_assertion_type belong together.');
    }
    return { clientId: params.find('client_id') ?? claimedSubject(proof), proof };
  }

  async verify(
    { tenant }: ClientAuthenticationRequest,
    client: Client,
    { proof }: ClientCredentials,
  ): Promise<boolean> {
    if (!client.jwks) throw new CredentialsRefused('no_keys_registered');
    const claims = await verifySignature(proof, client.clientId, this.usableKeys(client.jwks));
    if (!this.isForUs(claims, tenant, client)) throw new CredentialsRefused('assertion_audience');
    const now = Math.floor(Date.now() / 1000);
    const { exp, iat, jti } = claims;
    if (exp === undefined || exp > now + MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS) {
      throw new CredentialsRefused('assertion_lifetime');
    }
    if (iat !== undefined && iat > now + CLOCK_TOLERANCE_SECONDS) throw new CredentialsRefused('assertion_iat');
    if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) {
      throw new CredentialsRefused('assertion_jti');
    }
    // RFC 7523 §3: each assertion is accepted once. Its `jti` is stored until the assertion has expired.
    const expiresAt = new Date((exp + CLOCK_TOLERANCE_SECONDS) * 1000);
    const used = { jtiDigest: digest(jti), expiresAt };
    if (await this.usedAssertions.consume(tenant.id, client.clientId, used)) return true;
    throw new CredentialsRefused('assertion_replayed');
  }

  /**
   * The keys of the set that are safe to verify with. A set may have been registered before the present rules, so it is
   * checked here; the result is kept for each set.
   */
  private usableKeys(jwks: JSONWebKeySet): JSONWebKeySet {
    const known = this.usable.get(jwks);
    if (known) return known;
    const usable = { keys: jwks.keys.filter((key) => canVerifyAssertions(key) && findKeyFault(key) === undefined) };
    this.usable.set(jwks, usable);
    return usable;
  }

  /** RFC 7523bis: the audience is our issuer identifier alone, unless the client is exempt. */
  private isForUs({ aud }: JWTPayload, tenant: Tenant, client: Client): boolean {
    const issuers = this.addresses.issuers(tenant.slug);
    if (client.strictAssertionAudience !== false) return typeof aud === 'string' && issuers.includes(aud);
    const accepted = issuers.flatMap((issuer) => [issuer, `${issuer}/token`]);
    return [aud].flat().some((audience) => audience !== undefined && accepted.includes(audience));
  }
}

async function verifySignature(assertion: string, clientId: string, jwks: JSONWebKeySet): Promise<JWTPayload> {
  let verified;
  try {
    verified = await verifyWithJwks(assertion, jwks, {
      algorithms: ASSERTION_ALGORITHMS,
      issuer: clientId,
      subject: clientId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['aud', 'exp', 'jti'],
    });
  } catch (error) {
    throw new CredentialsRefused(reasonOf(error)); // whatever is wrong, the client is not authenticated (RFC 6749 §5.2)
  }
  if (!TYPES.has(verified.protectedHeader.typ)) throw new CredentialsRefused('assertion_typ');
  return verified.payload;
}

/** For the log: what of an assertion was wrong. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'assertion_expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `assertion_${error.claim}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'assertion_algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'assertion_unknown_key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'assertion_signature';
  return 'assertion_malformed';
}

/** The unverified `sub` of the assertion. It is used only to find the client's keys. */
function claimedSubject(assertion: string): string {
  try {
    const { sub } = decodeJwt(assertion);
    if (typeof sub === 'string' && sub !== '') return sub;
  } catch {
    // falls through to the same refusal
  }
  throw new InvalidClientError('The client assertion has no subject.');
}
