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
import { GrantsRepository } from './grants.repository.js';
import { ImplicitGrant } from './handlers/implicit.grant.js';
import { TokenResponder } from './token-response.js';
import { TokenService } from './token.service.js';

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
        GrantsRepository,
        AuthorizationCodesRepository,
        TokenResponder,
        ImplicitGrant,
        ...handlers,
        { provide: GRANT_HANDLERS, useFactory: (...all: GrantHandler[]) => all, inject: [...handlers] },
        GrantRegistry,
        TokenService,
      ],
      exports: [GrantsRepository, ImplicitGrant, GrantRegistry, TokenService],
    };
  }
}
