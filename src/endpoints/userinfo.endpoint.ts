import { Injectable } from '@nestjs/common';
import type { BearerCall, BearerEndpoint } from '../protocol/endpoint.js';
import { type OAuthAnswer, jsonAnswer } from '../protocol/oauth-answer.js';
import { UserinfoService } from '../tokens/userinfo.service.js';
import { PATHS } from './endpoint-paths.js';

/** UserInfo request, OpenID Connect Core §5.3.1. By POST the token may also be in the form. */
@Injectable()
export class UserinfoEndpoint implements BearerEndpoint {
  readonly paths = [PATHS.userinfo];
  readonly methods = ['GET', 'POST'] as const;
  readonly needs = 'access token';

  constructor(private readonly userinfo: UserinfoService) {}

  async handle({ tenant, accessToken }: BearerCall): Promise<OAuthAnswer> {
    return jsonAnswer(await this.userinfo.claims(tenant, accessToken));
  }
}
