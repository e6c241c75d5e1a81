import { Injectable } from '@nestjs/common';
import { TokenService } from '../grants/token.service.js';
import type { ClientCall, ClientEndpoint } from '../protocol/endpoint.js';
import { type OAuthAnswer, jsonAnswer } from '../protocol/oauth-answer.js';
import type { Tenant } from '../tenants/tenant.js';
import { PATHS } from './endpoint-paths.js';

/** Access token request, RFC 6749 §3.2. */
@Injectable()
export class TokenEndpoint implements ClientEndpoint {
  readonly paths = [PATHS.token];
  readonly methods = ['POST'] as const;
  readonly needs = 'client';

  constructor(private readonly tokens: TokenService) {}

  admit(tenant: Tenant): void {
    this.tokens.admit(tenant);
  }

  expect(tenant: Tenant): void {
    this.tokens.expect(tenant);
  }

  async handle(call: ClientCall): Promise<OAuthAnswer> {
    return jsonAnswer(await this.tokens.exchange(call));
  }
}
