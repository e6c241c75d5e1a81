import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../mail/mail.module.js';
import { OperatorAccessModule } from '../operator-access/operator-access.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { AddressChanges } from './address-changes.js';
import { DomainChecksRepository } from './domain-checks.repository.js';
import { DomainProofs } from './domain-proofs.js';
import { DomainStandings } from './domain-standings.service.js';
import { DomainEntity } from './domain.entity.js';
import { DomainsRepository } from './domains.repository.js';
import { DomainsService } from './domains.service.js';

/** Domains of tenants' own. */
@Module({
  imports: [TypeOrmModule.forFeature([DomainEntity]), TenantsModule, MailModule, OperatorAccessModule],
  providers: [DomainsRepository, DomainChecksRepository, DomainProofs, AddressChanges, DomainsService, DomainStandings],
  exports: [DomainsService, DomainStandings, DomainChecksRepository],
})
export class DomainsModule {}
