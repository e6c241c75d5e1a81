import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentModule } from '../consent/consent.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { ApiDescription } from './api-description.js';
import { ApiManagement } from './api-management.js';
import { ApisController } from './apis.controller.js';
import { AuditEventsController } from './audit-events.controller.js';
import { ClientManagement } from './client-management.js';
import { ClientsController } from './clients.controller.js';
import { ConsentManagement } from './consent-management.js';
import { ConsentsController } from './consents.controller.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { jsonBody } from './json-body.js';
import { KeyManagement } from './key-management.js';
import { KeysController } from './keys.controller.js';
import { ManagementStrategy } from './management.strategy.js';
import { OpenApiController } from './openapi.controller.js';
import { Recording } from './recording.js';
import { TenantManagement } from './tenant-management.js';
import { TenantsController } from './tenants.controller.js';
import { UserManagement } from './user-management.js';
import { UsersController } from './users.controller.js';

/** The management API: one controller per resource, its DTOs beside it. */
@Module({
  imports: [
    PassportModule.register({ session: false }),
    TenantsModule,
    KeysModule,
    ClientsModule,
    UsersModule,
    ResourcesModule,
    ConsentModule,
    TokensModule,
  ],
  controllers: [
    OpenApiController,
    TenantsController,
    ClientsController,
    UsersController,
    ApisController,
    KeysController,
    ConsentsController,
    AuditEventsController,
  ],
  providers: [
    ManagementStrategy,
    Recording,
    IdempotencyRepository,
    ApiDescription,
    TenantManagement,
    ClientManagement,
    UserManagement,
    ApiManagement,
    KeyManagement,
    ConsentManagement,
  ],
  exports: [ApiDescription],
})
export class ManagementModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(jsonBody).forRoutes('api/v1/{*path}');
  }
}
