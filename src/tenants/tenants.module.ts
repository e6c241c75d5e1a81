import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeysModule } from '../keys/keys.module.js';
import { PolicyLayerEntity } from './policy-layer.entity.js';
import { PolicyLayersRepository } from './policy-layers.repository.js';
import { PolicyLayersService } from './policy-layers.service.js';
import { AddressLocator } from './address-locator.js';
import { DomainDirectory } from './domain-directory.js';
import { TenantAddresses } from './tenant-addresses.js';
import { TenantEntity } from './tenant.entity.js';
import { TenantResolver } from './tenant-resolver.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

/** Tenants: addresses, resolution, policy and branding. */
@Module({
  imports: [TypeOrmModule.forFeature([TenantEntity, PolicyLayerEntity]), KeysModule],
  providers: [
    TenantAddresses,
    DomainDirectory,
    AddressLocator,
    TenantsRepository,
    TenantResolver,
    TenantsService,
    PolicyLayersRepository,
    PolicyLayersService,
  ],
  exports: [
    TenantAddresses,
    DomainDirectory,
    AddressLocator,
    TenantsRepository,
    TenantResolver,
    TenantsService,
    PolicyLayersRepository,
    PolicyLayersService,
  ],
})
export class TenantsModule {}
