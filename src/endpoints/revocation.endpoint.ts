import { Injectable } from '@nestjs/common';
import type { ClientCall, ClientEndpoint } from '../protocol/endpoint.js';
import { type OAuthAnswer, jsonAnswer } from '../protocol/oauth-answer.js';
import { TokenRevoker } from '../tokens/token.revoker.js';
import { PATHS } from './endpoint-paths.js';

/** RFC 7009 §2.2: the body is "ignored by the client", but some libraries insist on JSON. */
const DONE = jsonAnswer({});

/** Revocation request, RFC 7009 §2.1. The answer to a token that is unknown or somebody else's is the same (§2.2). */
@Injectable()
export class RevocationEndpoint implements ClientEndpoint {
  readonly paths = [PATHS.revocation];
  readonly methods = ['POST'] as const;
  readonly needs = 'client';

  constructor(private readonly revoker: TokenRevoker) {}

  async handle({ tenant, client, params, origin }: ClientCall): Promise<OAuthAnswer> {
    await this.revoker.revoke(tenant, client, params.get('token'), origin);
    return DONE;
  }
}
