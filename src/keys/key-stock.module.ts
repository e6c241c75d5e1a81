import { type DynamicModule, Module } from '@nestjs/common';
import { KeyStock, MAKE_RSA_KEY, type MakeKey } from './key-stock.js';
import { SIGNING_ALGORITHMS } from './signing-algorithm.js';

/** The process's one stock of RSA keys. */
@Module({})
export class KeyStockModule {
  static forRoot(makeRsaKey: MakeKey = () => SIGNING_ALGORITHMS.RS256.generate()): DynamicModule {
    return {
      module: KeyStockModule,
      global: true,
      providers: [{ provide: MAKE_RSA_KEY, useValue: makeRsaKey }, KeyStock],
      exports: [KeyStock],
    };
  }
}
