import { Injectable } from '@nestjs/common';
import type { ClientCall, ClientEndpoint } from '../protocol/endpoint.js';
import { type OAuthAnswer, jsonAnswer } from '../protocol/oauth-answer.js';
import { TokenIntrospector } from '../tokens/token.introspector.js';
import { PATHS } from './endpoint-paths.js';

/** Introspection request, RFC 7662 §2.1. */
@Injectable()
export class IntrospectionEndpoint implements ClientEndpoint {
  readonly paths = [PATHS.introspection];
  readonly methods = ['POST'] as const;
  readonly needs = 'client';

  constructor(private readonly introspector: TokenIntrospector) {}

  async handle({ tenant, client, params }: ClientCall): Promise<OAuthAnswer> {
    return jsonAnswer(await this.introspector.introspect(tenant, client, params.get('token')));
  }
}
