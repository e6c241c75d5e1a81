import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeysModule } from '../keys/keys.module.js';
import { PolicyLayerEntity } from './policy-layer.entity.js';
import { PolicyLayersRepository } from './policy-layers.repository.js';
import { PolicyLayersService } from './policy-layers.service.js';
import { BrandingDraftsRepository } from './branding-drafts.repository.js';
import { BrandingPreviewsRepository } from './branding-previews.repository.js';
import { BrandingPreviews } from './branding-previews.js';
import { BrandingVersionsRepository } from './branding-versions.repository.js';
import { Brandings } from './brandings.js';
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
    BrandingDraftsRepository,
    BrandingVersionsRepository,
    Brandings,
    BrandingPreviewsRepository,
    BrandingPreviews,
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
    BrandingVersionsRepository,
    Brandings,
    BrandingPreviews,
    PolicyLayersRepository,
    PolicyLayersService,
  ],
})
export class TenantsModule {}
