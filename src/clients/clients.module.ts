import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeysModule } from '../keys/keys.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { CLIENT_AUTHENTICATION_METHODS, clientAuthenticationMethods } from './authentication/authentication-methods.js';
import type { ClientAuthenticationMethod } from './authentication/client-authentication-method.js';
import { ClientAuthenticator } from './authentication/client-authenticator.js';
import { UsedAssertionsRepository } from './authentication/used-assertions.repository.js';
import { ClientDirectory } from './client-directory.js';
import { ClientEntity, ClientSecretEntity } from './client.entity.js';
import { ClientsRepository } from './clients.repository.js';
import { ClientsService } from './clients.service.js';
import { GrantUsageRecorder } from './grant-usage-recorder.js';
import { GrantUsageRepository } from './grant-usage.repository.js';

/** Registered applications and how they prove who they are. */
@Module({
  imports: [TypeOrmModule.forFeature([ClientEntity, ClientSecretEntity]), KeysModule, TenantsModule],
  providers: [
    ClientsRepository,
    ClientsService,
    GrantUsageRepository,
    GrantUsageRecorder,
    ClientDirectory,
    UsedAssertionsRepository,
    ...clientAuthenticationMethods,
    {
      provide: CLIENT_AUTHENTICATION_METHODS,
      useFactory: (...methods: ClientAuthenticationMethod[]) => methods,
      inject: [...clientAuthenticationMethods],
    },
    ClientAuthenticator,
  ],
  exports: [ClientsService, GrantUsageRepository, GrantUsageRecorder, ClientDirectory, ClientAuthenticator],
})
export class ClientsModule {}
