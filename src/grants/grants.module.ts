import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthorizationCodesRepository } from './authorization-codes.repository.js';
import { GRANT_HANDLERS, type GrantHandler } from './grant-handler.js';
import { GrantRegistry } from './grant.registry.js';
import { TokenService } from './token.service.js';
import { UserTokenIssuer } from './user-token.issuer.js';

/** The grants: how a client comes to tokens. */
@Module({})
export class GrantsModule {
  /** @param handlers the list of grants to serve; `grant-handlers.ts` has the platform's own */
  static forRoot(handlers: readonly Type<GrantHandler>[]): DynamicModule {
    return {
      module: GrantsModule,
      global: true,
      // What grants are made of, our own and those from outside.
      imports: [AuthenticationModule, KeysModule, ClientsModule, UsersModule, ResourcesModule, TokensModule],
      providers: [
        AuthorizationCodesRepository,
        UserTokenIssuer,
        ...handlers,
        { provide: GRANT_HANDLERS, useFactory: (...all: GrantHandler[]) => all, inject: [...handlers] },
        GrantRegistry,
        TokenService,
      ],
      exports: [UserTokenIssuer, GrantRegistry, TokenService],
    };
  }
}
