import { Injectable } from '@nestjs/common';
import { KEY_SET_LIFETIME_SECONDS } from '../keys/key-set-lifetime.js';
import { Keyring, type PublishedKeys } from '../keys/keyring.js';
import type { TenantCall, TenantEndpoint } from '../protocol/endpoint.js';
import { type OAuthAnswer, publicJsonAnswer } from '../protocol/oauth-answer.js';
import { signingAlgorithmsOf } from '../tenants/signing-handover.js';
import { PATHS } from './endpoint-paths.js';

/** JWK Set, RFC 7517 §5. Verifiers may cache it for as long as a new key waits before it signs. */
@Injectable()
export class JwksEndpoint implements TenantEndpoint {
  readonly paths = [PATHS.jwks];
  readonly methods = ['GET'] as const;
  readonly needs = 'tenant';
  /** The serialised answer of each key set. The keyring replaces the key set when a key changes. */
  private readonly answers = new WeakMap<PublishedKeys, OAuthAnswer>();

  constructor(private readonly keyring: Keyring) {}

  async handle({ tenant }: TenantCall): Promise<OAuthAnswer> {
    const keys = await this.keyring.publishedKeysWith(tenant.id, signingAlgorithmsOf(tenant));
    const known = this.answers.get(keys);
    if (known) return known;
    const answer = publicJsonAnswer(JSON.stringify(keys.jwks), KEY_SET_LIFETIME_SECONDS);
    this.answers.set(keys, answer);
    return answer;
  }
}
