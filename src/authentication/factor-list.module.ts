import { type DynamicModule, Module } from '@nestjs/common';
import { AUTHENTICATION_FACTORS, type FactorType } from './authentication-factor.js';

/** Which factors there are. */
@Module({})
export class FactorListModule {
  /** @param factors the list; `authentication-factors.ts` has the platform's own */
  static forRoot(factors: readonly FactorType[]): DynamicModule {
    return {
      module: FactorListModule,
      global: true,
      providers: [{ provide: AUTHENTICATION_FACTORS, useValue: factors }],
      exports: [AUTHENTICATION_FACTORS],
    };
  }
}
