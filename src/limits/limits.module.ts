import { type DynamicModule, Module } from '@nestjs/common';
import { NETWORK_LIMITS, NETWORK_LIMIT_RATES, type NetworkLimitRates, NetworkLimits } from './network-limits.js';
import { DefaultQuotas } from './default-quotas.js';
import { RefusalRecorder } from './refusal-recorder.js';
import { TenantCounts } from './tenant-counts.js';
import { TenantRates } from './tenant-rates.js';
import { TenantRatesRepository } from './tenant-rates.repository.js';

/** What strangers may do, by the network they come from, and what a tenant may have and do. */
@Module({})
export class LimitsModule {
  static forRoot(rates: Partial<NetworkLimitRates> = {}): DynamicModule {
    return {
      module: LimitsModule,
      global: true,
      providers: [
        { provide: NETWORK_LIMITS, useValue: { ...NETWORK_LIMIT_RATES, ...rates } },
        NetworkLimits,
        RefusalRecorder,
        DefaultQuotas,
        TenantRatesRepository,
        TenantRates,
        TenantCounts,
      ],
      exports: [NetworkLimits, RefusalRecorder, DefaultQuotas, TenantRatesRepository, TenantRates, TenantCounts],
    };
  }
}
