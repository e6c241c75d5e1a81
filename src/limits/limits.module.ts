import { type DynamicModule, Module } from '@nestjs/common';
import { NETWORK_LIMITS, NETWORK_LIMIT_RATES, type NetworkLimitRates, NetworkLimits } from './network-limits.js';
import { RefusalRecorder } from './refusal-recorder.js';

/** What strangers may do, by the network they come from. */
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
      ],
      exports: [NetworkLimits, RefusalRecorder],
    };
  }
}
