import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AuthorizationModule } from '../authorization/authorization.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { ENDPOINTS, type ProtocolEndpoint } from '../protocol/endpoint.js';
import { EndpointPipeline } from '../protocol/endpoint-pipeline.js';
import { FastLane } from '../protocol/fast-lane.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AuthorizeController } from './authorize.controller.js';
import { DomainsModule } from '../domains/domains.module.js';
import { DomainCertificateController } from './domain-certificate.controller.js';
import { DomainChallengeController } from './domain-challenge.controller.js';
import { EndSessionController } from './end-session.controller.js';
import { endpoints } from './endpoints.js';
import { IntrospectionController } from './introspection.controller.js';
import { MetadataController } from './metadata.controller.js';
import { MetadataService } from './metadata.service.js';
import { RevocationController } from './revocation.controller.js';
import { TokenController } from './token.controller.js';
import { UserinfoController } from './userinfo.controller.js';

/** The protocol's HTTP surface: one thin controller for each endpoint. */
@Module({
  imports: [
    TenantsModule,
    ClientsModule,
    KeysModule,
    TokensModule,
    SessionsModule,
    AuthorizationModule,
    PagesModule,
    DomainsModule,
  ],
  controllers: [
    AuthorizeController,
    TokenController,
    EndSessionController,
    IntrospectionController,
    RevocationController,
    UserinfoController,
    MetadataController,
    DomainCertificateController,
    DomainChallengeController,
  ],
  providers: [
    MetadataService,
    ...endpoints,
    { provide: ENDPOINTS, useFactory: (...all: ProtocolEndpoint[]) => all, inject: endpoints },
    EndpointPipeline,
    FastLane,
  ],
  exports: [FastLane],
})
export class EndpointsModule {}
