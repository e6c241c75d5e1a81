import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentModule } from '../consent/consent.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AuthorizationIssuer } from './authorization-issuer.js';
import { AuthorizationRefusals } from './authorization-refusals.js';
import { AuthorizationValidator } from './authorization-validator.js';
import { AuthorizationService } from './authorization.service.js';
import { GivenAnswers } from './given-answers.js';
import { NextStepDecider } from './next-step.decider.js';
import { PendingRequests } from './pending-requests.js';
import { PendingRequestsRepository } from './pending-requests.repository.js';

/** The authorization request, from parameters to response. What interaction steps need is imported here. */
@Module({
  imports: [AuthenticationModule, ClientsModule, ConsentModule, ResourcesModule, TokensModule],
  providers: [
    PendingRequestsRepository,
    PendingRequests,
    AuthorizationValidator,
    AuthorizationIssuer,
    AuthorizationRefusals,
    NextStepDecider,
    GivenAnswers,
    AuthorizationService,
  ],
  exports: [AuthorizationService, AuthorizationRefusals, AuthorizationValidator, NextStepDecider, PendingRequests],
})
export class AuthorizationModule {}
