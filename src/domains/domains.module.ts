import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TenantsModule } from '../tenants/tenants.module.js';
import { DomainChecksRepository } from './domain-checks.repository.js';
import { DomainProofs } from './domain-proofs.js';
import { DomainEntity } from './domain.entity.js';
import { DomainsRepository } from './domains.repository.js';
import { DomainsService } from './domains.service.js';

/** Domains of tenants' own. */
@Module({
  imports: [TypeOrmModule.forFeature([DomainEntity]), TenantsModule],
  providers: [DomainsRepository, DomainChecksRepository, DomainProofs, DomainsService],
  exports: [DomainsService, DomainChecksRepository],
})
export class DomainsModule {}
