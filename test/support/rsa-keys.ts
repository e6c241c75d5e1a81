import { readFileSync } from 'node:fs';
import { type GeneratedKey, SIGNING_ALGORITHMS } from '../../src/keys/signing-algorithm.js';

type WrittenKey = Omit<GeneratedKey, 'privateKey'> & { readonly privateKey: string };

let ready: GeneratedKey[] | undefined;

/**
 * RSA keys that were made once for all suites (`global-setup.js`), because each takes a tenth of a second. Within a suite
 * every key is another one; when they are used up, keys are made as in production.
 */
export function makeRsaKey(): Promise<GeneratedKey> {
  ready ??= readKeys();
  const key = ready.shift();
  return key ? Promise.resolve(key) : SIGNING_ALGORITHMS.RS256.generate();
}

function readKeys(): GeneratedKey[] {
  const file = process.env['TEST_RSA_KEYS'];
  if (file === undefined) return [];
  const written = JSON.parse(readFileSync(file, 'utf8')) as WrittenKey[];
  return written.map((key) => ({ ...key, privateKey: Buffer.from(key.privateKey, 'base64') }));
}
