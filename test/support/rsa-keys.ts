import { readFileSync } from 'node:fs';
import type { MakeKey } from '../../src/keys/key-stock.js';
import { type GeneratedKey, SIGNING_ALGORITHMS } from '../../src/keys/signing-algorithm.js';

type WrittenKey = Omit<GeneratedKey, 'privateKey'> & { readonly privateKey: string };

let written: readonly WrittenKey[] | undefined;
const makers = new WeakMap<object, MakeKey>();

/**
 * RSA keys that were made once for all suites (`global-setup.js`), because each takes a tenth of a second. Every database
 * begins with the first of them, and within one database no key comes twice: when they are used up, keys are made as in
 * production.
 */
export function rsaKeysFor(database: object): MakeKey {
  const known = makers.get(database);
  if (known) return known;
  const keys = (written ??= readKeys()).values();
  const make: MakeKey = () => {
    const { value: key } = keys.next();
    if (key === undefined) return SIGNING_ALGORITHMS.RS256.generate();
    return Promise.resolve({ ...key, privateKey: Buffer.from(key.privateKey, 'base64') });
  };
  makers.set(database, make);
  return make;
}

function readKeys(): readonly WrittenKey[] {
  const file = process.env['TEST_RSA_KEYS'];
  return file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as WrittenKey[]);
}
