import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { toTenantId } from '../database/tenant-id.js';
import { Keyring } from '../keys/keyring.js';
import { TenantAddresses } from '../tenants/tenant-addresses.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { effectivePolicy } from '../tenants/policy-inheritance.js';
import { findEndingGrants } from '../tenants/tenant-policy.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { accessTokenAlg, algorithmNow } from '../tenants/signing-handover.js';
import { type ReadinessCheck, type ReadinessFacts, NOTHING_YET, assessReadiness } from './readiness.js';
import { ReadinessRepository } from './readiness.repository.js';

/** Looks at a tenant as its people will meet it. */
@Injectable()
export class ReadinessReport {
  constructor(
    private readonly repository: ReadinessRepository,
    private readonly resolver: TenantResolver,
    private readonly addresses: TenantAddresses,
    private readonly keyring: Keyring,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(tenant: TenantEntity): Promise<ReadinessCheck[]> {
    const facts = await this.repository.find(toTenantId(tenant.id));
    const answering = await this.answering(tenant);
    return this.assess(tenant, { facts: facts ?? NOTHING_YET, answering, hasKeys: await this.hasKeys(tenant) });
  }

  /** Of a tenant that is being made, in whose transaction nothing can be looked at from outside. */
  ofNew(tenant: TenantEntity, invited: boolean): ReadinessCheck[] {
    const answering = this.addresses.issuers(tenant);
    return this.assess(tenant, { facts: { ...NOTHING_YET, invited }, answering, hasKeys: true });
  }

  private assess(
    tenant: TenantEntity,
    seen: { readonly facts: ReadinessFacts; readonly answering: readonly string[]; readonly hasKeys: boolean },
  ): ReadinessCheck[] {
    const { status, branding } = tenant;
    const platform = { production: this.config.production, hasSmtp: this.config.smtp !== undefined };
    const addresses = { all: this.addresses.issuers(tenant), answering: seen.answering };
    const endingGrants = findEndingGrants(effectivePolicy(tenant));
    return assessReadiness({ status, branding, addresses, hasKeys: seen.hasKeys, endingGrants, platform }, seen.facts);
  }

  /** The issuers under which this process finds the tenant. */
  private async answering(entity: TenantEntity): Promise<string[]> {
    const answering: string[] = [];
    for (const address of this.addresses.of(entity)) {
      const tenant = await this.resolver.find(address);
      if (tenant?.id === entity.id) answering.push(tenant.issuer);
    }
    return answering;
  }

  /** Whether the keys that sign now are there and can be opened. */
  private async hasKeys(entity: TenantEntity): Promise<boolean> {
    const tenant = this.resolver.view(entity);
    const algorithms = new Set([accessTokenAlg(tenant), algorithmNow(tenant, 'idTokenSigningAlg')]);
    try {
      for (const algorithm of algorithms) await this.keyring.signingKey(tenant.id, algorithm);
      return true;
    } catch {
      return false;
    }
  }
}
