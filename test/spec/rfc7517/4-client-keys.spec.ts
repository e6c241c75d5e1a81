import {
  type KeyObject,
  checkPrimeSync,
  createECDH,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { JWK } from 'jose';
import { changesHeard } from '../../support/changes-heard.js';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { expectInvalid } from '../../support/problems.js';

interface Pair {
  readonly jwk: JWK;
  readonly privateKey: KeyObject;
}

const toPair = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Pair => ({
  jwk: publicKey.export({ format: 'jwk' }),
  privateKey,
});
const ec = toPair(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const other = toPair(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const p384 = toPair(generateKeyPairSync('ec', { namedCurve: 'P-384' }));
const rsa = toPair(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ed25519 = toPair(generateKeyPairSync('ed25519'));
const x25519 = toPair(generateKeyPairSync('x25519'));
const ENCRYPTION = { ...other.jwk, use: 'enc', alg: 'ECDH-ES', kid: 'enc' };

/** RFC 8032: the points whose order divides 8, with both signs and with what is not reduced modulo p. */
const SMALL_ORDER = [
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
];

const fromHex = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');
const modulus = (n: bigint) => fromHex(n.toString(16).padStart(512, '0'));

/** The public key of a private key that is a small number, or its negative. */
function guessable(
  curve: string,
  { crv, bytes }: { readonly crv: string; readonly bytes: number },
  number: number,
): JWK {
  const pair = createECDH(curve);
  const scalar = Buffer.alloc(bytes);
  scalar[bytes - 1] = number;
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}

/** With this private key anybody signs: the base point of a curve, and small multiples of it. */
const GUESSABLE: readonly [string, JWK][] = [
  ['P-256 of 1', guessable('prime256v1', { crv: 'P-256', bytes: 32 }, 1)],
  ['P-256 of 2', guessable('prime256v1', { crv: 'P-256', bytes: 32 }, 2)],
  ['P-384 of 1', guessable('secp384r1', { crv: 'P-384', bytes: 48 }, 1)],
  ['P-521 of 3', guessable('secp521r1', { crv: 'P-521', bytes: 66 }, 3)],
  // RFC 8032 §5.1, and its negative and double.
  ['Ed25519 of 1', { kty: 'OKP', crv: 'Ed25519', x: fromHex(`58${'66'.repeat(31)}`) }],
  ['Ed25519 of -1', { kty: 'OKP', crv: 'Ed25519', x: fromHex(`58${'66'.repeat(30)}e6`) }],
  [
    'Ed25519 of 2',
    {
      kty: 'OKP',
      crv: 'Ed25519',
      x: fromHex('c9a3f86aae465f0e56513864510f3997561fa2c9e85ea21dc2292309f3cd6022'),
    },
  ],
];

/** A prime with its two highest bits set, so that a product is as long as it should be. */
function prime(bits: number): bigint {
  return generatePrimeSync(bits, { bigint: true });
}

/** The product of a prime and the next one. */
function neighbours(): bigint {
  const first = prime(1024);
  let second = first + 2n;
  while (!checkPrimeSync(second)) second += 2n;
  return first * second;
}

/** No product of primes, but the fingerprint of one from a faulty library. */
function infineonLike(): bigint {
  const product =
    11n * 13n * 17n * 19n * 37n * 53n * 61n * 71n * 73n * 79n * 97n * 103n * 107n * 109n * 127n * 151n * 157n;
  let n = (2n ** 2047n / product + 1n) * product + 65_537n;
  while (checkPrimeSync(n) || hasSmallFactor(n)) n += product;
  return n;
}

function hasSmallFactor(n: bigint): boolean {
  for (let divisor = 2n; divisor < 10_000n; divisor += 1n) if (n % divisor === 0n) return true;
  return false;
}

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

function register(keys: unknown, client_id = `signer-${randomUUID().slice(0, 8)}`) {
  return platform.operator.request('POST', '/tenants/acme/clients', {
    client_id,
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys },
    scope: 'orders:read',
  });
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** What is signed: header and claims of an assertion of this client. */
function signingInput(clientId: string, header: { alg: string; kid?: string }): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: clientId, sub: clientId, aud: acme.issuer, jti: randomUUID(), iat: now, exp: now + 60 };
  return `${encode(header)}.${encode(claims)}`;
}

function ask(client_assertion: string) {
  return postForm(`${acme.issuer}/token`, {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
  });
}

function signed(clientId: string, { privateKey }: Pair, header: { alg: string; kid?: string } = { alg: 'ES256' }) {
  const input = signingInput(clientId, header);
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return ask(`${input}.${signature.toString('base64url')}`);
}

async function registered(...keys: JWK[]): Promise<string> {
  const answer = await register(keys);
  if (answer.status !== 201) throw new Error(answer.text);
  return String(answer.json()['client_id']);
}

describe('RFC 7518 §6: a key that is registered', () => {
  it.each<[string, unknown]>([
    ['an elliptic curve point without its y', { ...ec.jwk, y: undefined }],
    ['an x that is too short', { ...ec.jwk, x: 'AAAA' }],
    ['a point that is not on the curve', { ...ec.jwk, x: ec.jwk.y }],
    ['a point of another curve', { ...p384.jwk, crv: 'P-256' }],
    ['an unknown curve', { ...ec.jwk, crv: 'P-255' }],
    ['an Ed25519 key that is too short', { ...ed25519.jwk, x: 'AAAA' }],
    ['an RSA key without an exponent', { ...rsa.jwk, e: undefined }],
    ['an RSA exponent of 1', { ...rsa.jwk, e: 'AQ' }],
    ['an even RSA exponent', { ...rsa.jwk, e: 'Ag' }],
    ['an RSA exponent as long as the modulus', { ...rsa.jwk, e: rsa.jwk.n }],
    ['an RSA modulus that is small behind its zeros', { ...rsa.jwk, n: zeroPadded(rsa.jwk.n) }],
    ['an RSA modulus that is a list', { ...rsa.jwk, n: [rsa.jwk.n] }],
    ['a private exponent', rsa.privateKey.export({ format: 'jwk' })],
    ['a prime factor', { ...rsa.jwk, p: 'AAAA' }],
    ['an RSA exponent below 65537', { ...rsa.jwk, e: 'Aw' }],
    ['an RSA modulus of 1024 bits', toPair(generateKeyPairSync('rsa', { modulusLength: 1024 })).jwk],
    ['an RSA modulus with a small factor', { ...rsa.jwk, n: modulus(3n * prime(2046)) }],
    ['an RSA modulus that is a prime', { ...rsa.jwk, n: modulus(prime(2048)) }],
    ['an RSA modulus that is a square', { ...rsa.jwk, n: modulus(prime(1024) ** 2n) }],
    ['an RSA modulus of two neighbours', { ...rsa.jwk, n: modulus(neighbours()) }],
    ['an RSA modulus that is a power of 65537 for many primes', { ...rsa.jwk, n: modulus(infineonLike()) }],
    ...SMALL_ORDER.map((x): [string, unknown] => [
      `the Ed25519 point ${x.slice(0, 12)}`,
      { ...ed25519.jwk, x: fromHex(x) },
    ]),
    ['a y of Ed25519 that no point has', { ...ed25519.jwk, x: fromHex(`02${'00'.repeat(31)}`) }],
    ['an X25519 point of small order', { ...x25519.jwk, x: fromHex(`01${'00'.repeat(31)}`) }],
    ...GUESSABLE.map(([name, key]): [string, unknown] => [`a private key that can be guessed: ${name}`, key]),
    ['a private key', ec.privateKey.export({ format: 'jwk' })],
    ['a private Ed25519 key', ed25519.privateKey.export({ format: 'jwk' })],
    ['a shared secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['a symmetric alg', { ...rsa.jwk, alg: 'HS256' }],
    ['alg none', { ...ec.jwk, alg: 'none' }],
    ['an alg for another kind of key', { ...ec.jwk, alg: 'RS256' }],
    ['an alg for another curve', { ...p384.jwk, alg: 'ES256' }],
    ['an alg that signs, to encrypt to', { ...ec.jwk, use: 'enc', alg: 'ES256' }],
    ['an alg that encrypts, to sign with', { ...ec.jwk, use: 'sig', alg: 'ECDH-ES' }],
    ['use sig and other key_ops', { ...ec.jwk, use: 'sig', key_ops: ['deriveKey'] }],
    ['use enc and key_ops to verify', { ...ec.jwk, use: 'enc', key_ops: ['verify'] }],
    ['key_ops twice', { ...ec.jwk, key_ops: ['verify', 'verify'] }],
    ['a kid that is a number', { ...ec.jwk, kid: 5 }],
    ['a use that is a list', { ...ec.jwk, use: ['sig'] }],
    ['key_ops that are a text', { ...ec.jwk, key_ops: 'verify' }],
    ['a list', [ec.jwk]],
    ['nothing', null],
  ])('is not one with %s', async (_, key) => {
    const problem = expectInvalid(await register([ec.jwk, key]), expect.stringMatching(/^\/jwks/) as unknown as string);
    expect(problem.status).toBe(400);
  });

  it('would let everybody in with an exponent of 1, if it were', async () => {
    const clientId = 'everybody';
    await register([{ ...rsa.jwk, e: 'AQ' }], clientId);
    const input = signingInput(clientId, { alg: 'RS256' });
    // With e = 1 the padded digest is its own signature (RFC 8017 §8.2.2).
    const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');
    const tail = Buffer.concat([Buffer.of(0), digestInfo, createHash('sha256').update(input).digest()]);
    const forged = Buffer.concat([Buffer.of(0, 1), Buffer.alloc(256 - 2 - tail.length, 0xff), tail]);
    expectOAuthError(await ask(`${input}.${forged.toString('base64url')}`), 401, 'invalid_client');
  });

  it('is not used either when it was registered before the rules were', async () => {
    const clientId = await registered(ec.jwk);
    const small = { ...ed25519.jwk, x: fromHex(SMALL_ORDER[0] ?? '') };
    const jwks = JSON.stringify({ keys: [small] });
    await platform.database.query('UPDATE clients SET jwks = $2 WHERE client_id = $1', [clientId, jwks]);
    await changesHeard(platform);
    // R is the neutral point and S is 0: a signature of nobody that fits every message.
    const forged = Buffer.concat([Buffer.of(1), Buffer.alloc(63)]).toString('base64url');
    const input = signingInput(clientId, { alg: 'EdDSA' });
    expect(
      verify(
        null,
        Buffer.from(input),
        createPublicKey({ key: small, format: 'jwk' }),
        Buffer.from(forged, 'base64url'),
      ),
    ).toBe(true);
    expectOAuthError(await ask(`${input}.${forged}`), 401, 'invalid_client');
  });

  it('is said to be private or symmetric where it is', async () => {
    const told = async (key: unknown) => (await register([key])).text;
    expect(await told(ec.privateKey.export({ format: 'jwk' }))).toContain('is private');
    expect(await told({ kty: 'oct', k: 'c2VjcmV0' })).toContain('is symmetric');
  });

  it.each<[string, JWK]>([
    ['RSA', rsa.jwk],
    ['P-384', p384.jwk],
    ['Ed25519', ed25519.jwk],
    ['with everything said about it', { ...ec.jwk, use: 'sig', alg: 'ES256', key_ops: ['verify'], kid: 'k' }],
  ])('may be of kind: %s', async (_, key) => {
    expect((await register([key])).status).toBe(201);
  });
});

describe('RFC 7517 §4.2 to §4.4: what a key is for', () => {
  it.each<[string, JWK]>([
    ['encryption by its use', ENCRYPTION],
    ['encryption by its operations', { ...ec.jwk, key_ops: ['deriveKey'] }],
    ['encryption by its curve', x25519.jwk],
    ['an algorithm of another kind', { ...ec.jwk, alg: 'RS256' }],
    ['a symmetric algorithm', { ...ec.jwk, alg: 'HS256' }],
  ])('a client that signs needs another one than for %s', async (_, key) => {
    expectInvalid(await register([key]), '/jwks');
  });

  it('a key for encryption may stand beside it, and verifies nothing', async () => {
    const clientId = await registered(ec.jwk, ENCRYPTION);
    expectTokens(await signed(clientId, ec));
    expectOAuthError(await signed(clientId, other), 401, 'invalid_client');
    expectOAuthError(await signed(clientId, other, { alg: 'ES256', kid: 'enc' }), 401, 'invalid_client');
  });
});

describe('RFC 7517 §4.5: which key it is', () => {
  it('two keys of one kind do not share a kid', async () => {
    expectInvalid(
      await register([
        { ...ec.jwk, kid: 'a' },
        { ...other.jwk, kid: 'a' },
      ]),
      '/jwks',
    );
    expect(
      (
        await register([
          { ...ec.jwk, kid: 'a' },
          { ...rsa.jwk, kid: 'a' },
        ])
      ).status,
    ).toBe(201);
  });

  it.each<[string, object, object]>([
    ['and its keys have none', {}, {}],
    ['although its keys have one', { kid: 'a' }, { kid: 'b' }],
  ])('an assertion may leave it out (RFC 7515 §4.1.4), %s', async (_, first, second) => {
    const clientId = await registered({ ...ec.jwk, ...first }, { ...other.jwk, ...second });
    expectTokens(await signed(clientId, ec));
    expectTokens(await signed(clientId, other));
    const stranger = toPair(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    expectOAuthError(await signed(clientId, stranger), 401, 'invalid_client');
  });

  it('an assertion that names one is verified with that one', async () => {
    const clientId = await registered({ ...ec.jwk, kid: 'a' }, { ...other.jwk, kid: 'b' });
    expectTokens(await signed(clientId, other, { alg: 'ES256', kid: 'b' }));
    expectOAuthError(await signed(clientId, other, { alg: 'ES256', kid: 'a' }), 401, 'invalid_client');
  });

  it('a key that was taken away is good no longer (RFC 7523 §3)', async () => {
    const clientId = await registered({ ...ec.jwk, kid: 'a' }, { ...other.jwk, kid: 'b' });
    expectTokens(await signed(clientId, ec, { alg: 'ES256', kid: 'a' }));
    await platform.operator.patch(`/tenants/acme/clients/${clientId}`, {
      jwks: { keys: [{ ...other.jwk, kid: 'b' }] },
    });
    expectOAuthError(await signed(clientId, ec, { alg: 'ES256', kid: 'a' }), 401, 'invalid_client');
    expectOAuthError(await signed(clientId, ec), 401, 'invalid_client');
    expectTokens(await signed(clientId, other));
  });
});

/** As long as before, and of half the size. */
function zeroPadded(modulus = ''): string {
  const bytes = Buffer.from(modulus, 'base64url');
  return Buffer.concat([Buffer.alloc(bytes.length / 2), bytes.subarray(bytes.length / 2)]).toString('base64url');
}
