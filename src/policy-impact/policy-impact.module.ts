import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { PolicyImpactRepository } from './policy-impact.repository.js';
import { PolicyImpacts } from './policy-impacts.js';

/** What a policy would break, before it holds. */
@Module({
  imports: [ClientsModule],
  providers: [PolicyImpactRepository, PolicyImpacts],
  exports: [PolicyImpacts],
})
export class PolicyImpactModule {}
