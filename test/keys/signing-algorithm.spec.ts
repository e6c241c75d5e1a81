import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { SIGNING_ALGORITHMS, SIGNING_ALGORITHM_NAMES } from '../../src/keys/signing-algorithm.js';
import { leftHalfHash, signJwt } from '../../src/tokens/jwt.js';

/** Every length a DER integer can have turns up: one signature in 128 has a short r or s. */
const SIGNATURES = 1500;

describe.each(SIGNING_ALGORITHM_NAMES)('RFC 7518 §3: %s', (name) => {
  const algorithm = SIGNING_ALGORITHMS[name];

  it('makes signatures that verify, whatever the numbers in them', async () => {
    const { kid, publicJwk, privateKey } = await algorithm.generate();
    const key = { kid, algorithm, privateKey: algorithm.importPrivateKey(privateKey), signsUntil: Infinity };
    const verifier = await importJWK(publicJwk, name);
    const times = name === 'ES256' ? SIGNATURES : 20;
    for (let n = 0; n < times; n += 1) {
      const jws = signJwt(key, { n }, 'at+jwt');
      const { protectedHeader, payload } = await compactVerify(jws, verifier);
      expect(protectedHeader).toEqual({ alg: name, typ: 'at+jwt', kid });
      expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ n });
    }
  });

  it('names the key by its thumbprint (RFC 7638), and shows no private part', async () => {
    const { kid, publicJwk } = await algorithm.generate();
    expect(kid).toBe(await calculateJwkThumbprint(publicJwk, 'sha256'));
    expect(publicJwk).toMatchObject({ kid, alg: name, use: 'sig' });
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(publicJwk).not.toHaveProperty(member);
  });

  it('makes another key every time', async () => {
    const [a, b] = [await algorithm.generate(), await algorithm.generate()];
    expect(a.kid).not.toBe(b.kid);
  });
});

describe('OpenID Connect Core §3.1.3.6: at_hash', () => {
  it('is the left half of the hash that belongs to the algorithm', () => {
    const token = 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y';
    expect(leftHalfHash(SIGNING_ALGORITHMS.RS256, token)).toBe('77QmUPtjPfzWtF2AnpK9RQ');
    const half = createHash('sha512').update(token).digest().subarray(0, 32).toString('base64url');
    expect(leftHalfHash(SIGNING_ALGORITHMS.EdDSA, token)).toBe(half);
  });
});
