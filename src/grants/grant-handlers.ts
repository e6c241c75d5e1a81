import type { Type } from '@nestjs/common';
import type { GrantHandler } from './grant-handler.js';
import { AuthorizationCodeGrant } from './handlers/authorization-code.grant.js';
import { ClientCredentialsGrant } from './handlers/client-credentials.grant.js';
import { PasswordGrant } from './handlers/password.grant.js';
import { RefreshTokenGrant } from './handlers/refresh-token.grant.js';

/** THE LIST of grants at the token endpoint: a new one is a file in `handlers` and a line here. */
export const grantHandlers: readonly Type<GrantHandler>[] = [
  AuthorizationCodeGrant,
  RefreshTokenGrant,
  ClientCredentialsGrant,
  PasswordGrant,
];
