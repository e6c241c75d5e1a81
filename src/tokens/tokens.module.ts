import { Module } from '@nestjs/common';
import { ApiRolesModule } from '../api-roles/api-roles.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { AccessTokensRepository } from './access-tokens.repository.js';
import { GrantsRepository } from './grants.repository.js';
import { IdTokenHintVerifier } from './id-token-hint.js';
import { RefreshTokenFactory } from './refresh-token.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { RefreshTokenIntrospector } from './refresh-token.introspector.js';
import { TokenIntrospector } from './token.introspector.js';
import { TokenIssuer } from './token.issuer.js';
import { TokenRevoker } from './token.revoker.js';
import { TokenVerifier } from './token.verifier.js';
import { UserClaims } from './user-claims.js';
import { UserinfoService } from './userinfo.service.js';

/** Makes, verifies, introspects and revokes tokens, and keeps the grants that tokens are issued under. */
@Module({
  imports: [KeysModule, TenantsModule, ClientsModule, ResourcesModule, GroupsModule, ApiRolesModule],
  providers: [
    AccessTokensRepository,
    GrantsRepository,
    RefreshTokensRepository,
    RefreshTokenFactory,
    TokenIssuer,
    TokenVerifier,
    IdTokenHintVerifier,
    RefreshTokenIntrospector,
    TokenIntrospector,
    TokenRevoker,
    UserClaims,
    UserinfoService,
  ],
  exports: [
    AccessTokensRepository,
    GrantsRepository,
    RefreshTokensRepository,
    RefreshTokenFactory,
    TokenIssuer,
    TokenVerifier,
    IdTokenHintVerifier,
    TokenIntrospector,
    TokenRevoker,
    UserClaims,
    UserinfoService,
  ],
})
export class TokensModule {}
