import { Injectable } from '@nestjs/common';
import { type JSONWebKeySet, type JWTPayload, decodeJwt, errors } from 'jose';
import { digest } from '../../crypto/digest.js';
import { InvalidClientError, InvalidRequestError } from '../../oauth/oauth-error.js';
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
/** Libraries that are not strict about the audience make assertions for an hour. */
const MAX_LAX_LIFETIME_SECONDS = 3600;
const MAX_JTI_LENGTH = 256;

/** A JWT signed with the client's private key, RFC 7523 §2.2 and §3; the key is in the registered `jwks`. */
@Injectable()
export class PrivateKeyJwtMethod implements ClientAuthenticationMethod {
  readonly name = 'private_key_jwt';
  private readonly usable = new WeakMap<JSONWebKeySet, JSONWebKeySet>();

  constructor(private readonly usedAssertions: UsedAssertionsRepository) {}

  read({ params }: ClientAuthenticationRequest): ClientCredentials | undefined {
    const type = params.find('client_assertion_type');
    const proof = params.find('client_assertion');
    if (type === undefined && proof === undefined) return undefined;
    if (proof === undefined) throw new InvalidRequestError('client_assertion_type comes without client_assertion.');
    if (type !== ASSERTION_TYPE) throw new InvalidRequestError(`client_assertion_type must be ${ASSERTION_TYPE}.`);
    return { clientId: params.find('client_id') ?? claimedSubject(proof), proof };
  }

  async verify(
    { tenant }: ClientAuthenticationRequest,
    client: Client,
    { proof }: ClientCredentials,
  ): Promise<boolean> {
    if (!client.jwks) throw new CredentialsRefused('no_keys_registered');
    const claims = await verifySignature(proof, client.clientId, this.usableKeys(client.jwks));
    if (!this.isForUs(claims, tenant, client)) throw refused('assertion_audience', audienceRule(tenant, client));
    const now = Math.floor(Date.now() / 1000);
    const { exp, iat, jti } = claims;
    const maxLifetime = isStrict(client) ? MAX_LIFETIME_SECONDS : MAX_LAX_LIFETIME_SECONDS;
    if (exp === undefined || exp > now + maxLifetime + CLOCK_TOLERANCE_SECONDS) {
      throw refused('assertion_lifetime', `exp may be at most ${maxLifetime} seconds ahead`);
    }
    if (iat !== undefined && iat > now + CLOCK_TOLERANCE_SECONDS)
      throw refused('assertion_iat', 'iat is in the future');
    if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) {
      throw refused('assertion_jti', `jti must have 1 to ${MAX_JTI_LENGTH} characters`);
    }
    // RFC 7523 §3: each assertion is accepted once. Its `jti` is stored until the assertion has expired.
    const expiresAt = new Date((exp + CLOCK_TOLERANCE_SECONDS) * 1000);
    const used = { jtiDigest: digest(jti), expiresAt };
    if (await this.usedAssertions.consume(tenant.id, client.clientId, used)) return true;
    throw refused('assertion_replayed', 'its jti was used before, and every assertion needs a new one');
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
    const { issuers } = tenant;
    if (isStrict(client)) return typeof aud === 'string' && issuers.includes(aud);
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
    throw refusalOf(error); // whatever is wrong, the client is not authenticated (RFC 6749 §5.2)
  }
  if (!TYPES.has(verified.protectedHeader.typ)) throw refused('assertion_typ', 'typ must be JWT, or be left out');
  return verified.payload;
}

function isStrict({ strictAssertionAudience }: Client): boolean {
  return strictAssertionAudience !== false;
}

function audienceRule({ issuer }: Tenant, client: Client): string {
  return isStrict(client)
    ? `aud must be ${issuer} as one string; strict_assertion_audience: false of the client allows more`
    : `aud must have ${issuer} or its token endpoint`;
}

/** The signature is the client's own, so whoever sent it may know what is wrong with the rest. */
function refused(reason: string, rule: string): CredentialsRefused {
  return new CredentialsRefused(reason, `The client assertion was refused: ${rule}.`);
}

/** What of an assertion was wrong. jose looks at claims only after the signature was found to be right. */
function refusalOf(error: unknown): CredentialsRefused {
  if (error instanceof errors.JWTExpired) return refused('assertion_expired', 'it has expired (exp)');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refused(`assertion_${error.claim}`, claimRule(error.claim, error.reason));
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return new CredentialsRefused('assertion_algorithm');
  if (error instanceof errors.JWKSNoMatchingKey) return new CredentialsRefused('assertion_unknown_key');
  if (error instanceof errors.JWSSignatureVerificationFailed) return new CredentialsRefused('assertion_signature');
  return new CredentialsRefused('assertion_malformed');
}

function claimRule(claim: string, reason: string): string {
  if (reason === 'missing') return `${claim} is missing`;
  return claim === 'iss' || claim === 'sub' ? `${claim} must be the client_id` : `${claim} is not right`;
}

/** The unverified `sub` of the assertion. It is used only to find the client's keys. */
function claimedSubject(assertion: string): string {
  try {
    const { sub } = decodeJwt(assertion);
    if (typeof sub === 'string' && sub !== '') return sub;
  } catch {
    // falls through to the same refusal
  }
  throw new InvalidClientError('The client assertion is no JWT with a subject (sub).');
}
