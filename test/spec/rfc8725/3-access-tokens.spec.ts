import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JWK, decodeJwt } from 'jose';
import { basic, postForm, send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { signAsTenant, signerOf } from '../../support/sign-as-tenant.js';
import { getTokens, introspect, userinfo } from '../../support/tenant-fixture.js';

type Header = Readonly<Record<string, unknown>>;
type Sign = (input: Buffer) => Buffer;

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let published: JWK;
let claims: object;
let managementClaims: object;

const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const attackerJwk = attacker.publicKey.export({ format: 'jwk' });
const byAttacker: Sign = (input) => sign('sha256', input, { key: attacker.privateKey, dsaEncoding: 'ieee-p1363' });
const unsigned: Sign = () => Buffer.alloc(0);

beforeAll(async () => {
  claims = decodeJwt(String((await getTokens(acme, { scope: 'openid orders:read' }))['access_token']));
  managementClaims = decodeJwt(platform.operator.token);
  const { keys } = (await send(`${acme.issuer}/jwks`)).json<{ keys: JWK[] }>();
  published = keys.find(({ alg }) => alg === 'ES256') ?? {};
});

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

function forge(header: Header, signWith: Sign, payload: object = claims): string {
  const input = `${encode({ typ: 'at+jwt', ...header })}.${encode(payload)}`;
  return `${input}.${signWith(Buffer.from(input)).toString('base64url')}`;
}

/** At every place that takes an access token, and at the one that takes it back. */
async function expectRefused(make: (payload: object) => string): Promise<void> {
  const token = make(claims);
  expect(await introspect(acme, token)).toEqual({ active: false });
  const answer = await userinfo(acme.issuer, token);
  expect([answer.status, answer.headers['www-authenticate']]).toEqual([
    401,
    expect.stringMatching(/^Bearer error="invalid_token"/),
  ]);
  const authorization = `Bearer ${make(managementClaims)}`;
  expect((await send(`${platform.url}/api/v1/tenants`, { headers: { authorization } })).status).toBe(401);
  const revoked = await postForm(`${acme.issuer}/revoke`, { token }, { authorization: basic('web', acme.secrets.web) });
  expect(revoked.status).toBe(200);
}

it('a token of these claims under the tenant’s own key is good, or this would prove nothing', async () => {
  const token = await signAsTenant(platform, acme, { ...claims }, { typ: 'at+jwt' });
  expect(await introspect(acme, token)).toMatchObject({ active: true });
  expect((await userinfo(acme.issuer, token)).status).toBe(200);
});

describe('RFC 8725 §3.1: the algorithm is that of the key', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', undefined, null, 0, ['ES256'], 'HS256', 'ES384', 'RS256', 'es256'])(
    'and not %j without a signature',
    async (alg) => {
      await expectRefused((payload) => forge({ alg, kid: published.kid }, unsigned, payload));
    },
  );

  it.each<[string, (key: JWK) => string | Buffer]>([
    ['its JWK', (key) => JSON.stringify(key)],
    ['its x', (key) => String(key.x)],
    ['its PEM', (key) => toPem(key)],
    ['its PEM after a line break', (key) => `\n${toPem(key)}`],
    ['its PEM without the last line break', (key) => toPem(key).trim()],
    ['its DER', (key) => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' })],
    ['nothing', () => ''],
  ])('and not an HMAC with what everybody knows of it: %s', async (_, secretOf) => {
    const secret = secretOf(published);
    const byHmac: Sign = (input) => createHmac('sha256', secret).update(input).digest();
    for (const alg of ['HS256', 'ES256']) {
      await expectRefused((payload) => forge({ alg, kid: published.kid }, byHmac, payload));
    }
  });
});

describe('RFC 8725 §3.10: the key is one the tenant published', () => {
  it.each<[string, Header]>([
    ['a key of its own', { jwk: attackerJwk }],
    ['the address of a key', { jku: 'http://127.0.0.1:9/keys' }],
    ['a certificate', { x5c: ['MIIB'] }],
    ['the address of a certificate', { x5u: 'http://127.0.0.1:9/x5' }],
    ['extensions it calls critical', { crit: ['exp'] }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
  ])('whatever the header brings along: %s', async (_, more) => {
    for (const kid of [undefined, 'mine', published.kid]) {
      await expectRefused((payload) => forge({ alg: 'ES256', kid, ...more }, byAttacker, payload));
    }
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list with the right one', [true]],
    ['a path', '../../../dev/null'],
    ['SQL', "' OR 1=1--"],
    ['NUL', '\0'],
    ['half a surrogate pair', '\ud800'],
    ['what every object has', '__proto__'],
    ['a method of a map', 'constructor'],
    ['a long one', 'k'.repeat(5000)],
  ])('whatever its kid is: %s', async (_, kid) => {
    const named = Array.isArray(kid) ? [published.kid] : kid;
    await expectRefused((payload) => forge({ alg: 'ES256', kid: named }, byAttacker, payload));
  });
});

describe('RFC 7519 §4.1: the time of a token', () => {
  it('has to have come', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const [nbf, active] of [
      [now - 60, true],
      [now + 60, false],
    ] as const) {
      const token = await signAsTenant(platform, acme, { ...claims, nbf }, { typ: 'at+jwt' });
      expect(await introspect(acme, token)).toMatchObject({ active });
      expect((await userinfo(acme.issuer, token)).status).toBe(active ? 200 : 401);
    }
  });
});

describe('RFC 7515 §3.1: the form of a token', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const text = (json: string) => Buffer.from(json).toString('base64url');

  it.each<[string, () => string]>([
    ['one part', () => 'eyJhbGciOiJFUzI1NiJ9.'],
    ['two parts', () => good().split('.').slice(0, 2).join('.')],
    ['four parts', () => `${good()}.AAAA`],
    ['five parts (JWE)', () => `${good()}.AAAA.AAAA`],
    ['padding', () => `${good()}==`],
    ['a trailing dot', () => `${good()}.`],
    ['a header nested 5,000 deep', () => `${text(`{"alg":"ES256","kid":"x","x":${nested(2500)}}`)}.e30.AAAA`],
    ['a header that is a list', () => `${encode([])}.e30.AAAA`],
    ['a header that is null', () => `${encode(null)}.e30.AAAA`],
    ['a header that is no UTF-8', () => `${Buffer.of(0x7b, 0xff, 0x7d).toString('base64url')}.e30.AAAA`],
    ['60 kB', () => `${'x'.repeat(30_000)}.${'y'.repeat(30_000)}.z`],
  ])('is not: %s', async (_, make) => {
    const token = make();
    expect(await introspect(acme, token)).toEqual({ active: false });
    const form = await postForm(`${acme.issuer}/userinfo`, { access_token: token });
    expect([form.status, form.json()['error']]).toEqual([401, 'invalid_token']);
    const authorization = basic('web', acme.secrets.web);
    expect((await postForm(`${acme.issuer}/revoke`, { token }, { authorization })).status).toBe(200);
  });

  const good = () => forge({ alg: 'ES256', kid: published.kid }, byAttacker);
});

describe('RFC 8725 §3: the tenant’s own signature does not excuse', () => {
  let own: Awaited<ReturnType<typeof signerOf>>;

  beforeAll(async () => {
    own = await signerOf(platform, acme);
  });

  const bySelf: Sign = (input) => own.sign(input);
  const header = (more: Header = {}): Header => ({ alg: 'ES256', kid: own.kid, ...more });
  const good = (payload: object = claims) => forge(header(), bySelf, payload);

  it('and is good otherwise, or this would prove nothing', async () => {
    for (const typ of ['at+jwt', 'AT+JWT', 'application/at+jwt']) {
      expect(await introspect(acme, forge(header({ typ }), bySelf))).toMatchObject({ active: true });
    }
  });

  it('another text beside a signature that was seen to be good', async () => {
    const [head = '', payload = '', signature = ''] = good().split('.');
    for (let again = 0; again < 2; again += 1) {
      expect(await introspect(acme, `${head}.${payload}.${signature}`)).toMatchObject({ active: true });
      await expectRefused(() => `${head}.${encode({ ...claims, scope: 'everything' })}.${signature}`);
      await expectRefused(() => `${encode({ typ: 'at+jwt', ...header(), x: 1 })}.${payload}.${signature}`);
      await expectRefused(() => `${head}.${payload}.${own.sign(Buffer.from('x')).toString('base64url')}`);
    }
  });

  it.each<[string, Header]>([
    ['an extension that must be understood', { crit: ['exp'], exp: 1 }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
    ['an encoded payload that says so', { crit: ['b64'], b64: true }],
    ['an empty list of extensions', { crit: [] }],
    ['no list of extensions', { crit: null }],
    ['another algorithm', { alg: 'RS256' }],
    ['another algorithm of the same curve', { alg: 'ES256K' }],
    ['no algorithm', { alg: undefined }],
    ['the algorithm in a list', { alg: ['ES256'] }],
    ['no key', { kid: undefined }],
    ['no type', { typ: undefined }],
    ['the type of an ID token', { typ: 'JWT' }],
    ['the type of another kind of token', { typ: 'logout+jwt' }],
    ['a type that only begins like it', { typ: 'at+jwt; x=y' }],
    ['the type in a list', { typ: ['at+jwt'] }],
  ])('a header with %s', async (_, more) => {
    await expectRefused((payload) => forge(header(more), bySelf, payload));
  });

  it.each<[string, (now: number) => object]>([
    ['no issuer', () => ({ iss: undefined })],
    ['another issuer', () => ({ iss: 'https://issuer.test' })],
    ['the issuer of a tenant that does not exist', () => ({ iss: `${acme.issuer}x` })],
    ['the issuer in a list', () => ({ iss: [acme.issuer] })],
    ['no subject', () => ({ sub: undefined })],
    ['a subject that is a number', () => ({ sub: 7 })],
    ['no audience', () => ({ aud: undefined })],
    ['an audience that is a number', () => ({ aud: 7 })],
    ['a list of audiences with a number', () => ({ aud: [acme.issuer, 7] })],
    ['no client', () => ({ client_id: undefined })],
    ['a client in a list', () => ({ client_id: ['web'] })],
    ['no identifier', () => ({ jti: undefined })],
    ['an identifier that is none of ours', () => ({ jti: 'x' })],
    ['no end', () => ({ exp: undefined })],
    ['an end that is text', (now) => ({ exp: String(now + 60) })],
    ['an end that has come', (now) => ({ exp: now })],
    ['a beginning that is text', (now) => ({ nbf: String(now - 60) })],
    ['a beginning that is null', () => ({ nbf: null })],
    ['a beginning that is to come', (now) => ({ nbf: now + 60 })],
    ['no time of issue', () => ({ iat: undefined })],
    ['a time of issue that is text', (now) => ({ iat: String(now) })],
  ])('%s', async (_, change) => {
    const changed = change(Math.floor(Date.now() / 1000));
    await expectRefused((payload) => forge(header(), bySelf, { ...payload, ...changed }));
  });

  it.each<[string, (payload: object) => string]>([
    ['in DER instead of R | S', (payload) => forge(header(), (input) => own.signDer(input), payload)],
    [
      'with a byte more',
      (payload) => forge(header(), (input) => Buffer.concat([own.sign(input), Buffer.of(0)]), payload),
    ],
    ['with a byte less', (payload) => forge(header(), (input) => own.sign(input).subarray(0, 63), payload)],
    ['of zeros', (payload) => forge(header(), () => Buffer.alloc(64), payload)],
    ['of ones', (payload) => forge(header(), () => Buffer.alloc(64, 255), payload)],
    ['with R and S exchanged', (payload) => forge(header(), (input) => swapped(own.sign(input)), payload)],
    ['over another payload', (payload) => forge(header(), () => own.sign(Buffer.from('x')), payload)],
    ['spelled with bits too many', (payload) => respelled(good(payload))],
    ['with padding', (payload) => `${good(payload)}==`],
  ])('a signature %s', async (_, make) => {
    await expectRefused(make);
  });

  it.each<[string, (payload: object) => string]>([
    ['that is a list', (payload) => forgeText(JSON.stringify([payload]))],
    ['that is text', () => forgeText('"x"')],
    ['that is null', () => forgeText('null')],
    ['that is no JSON', () => forgeText('{')],
    ['that is nothing', () => forgeText('')],
    ['in the other alphabet of base64', (payload) => otherAlphabet(payload)],
  ])('a payload %s', async (_, make) => {
    await expectRefused(make);
  });

  function forgeText(text: string): string {
    return signed(`${encode({ typ: 'at+jwt', ...header() })}.${Buffer.from(text).toString('base64url')}`);
  }

  /** With characters that differ between the alphabets. */
  function otherAlphabet(payload: object): string {
    const text = JSON.stringify({ ...payload, x: '???>>>~~~' });
    const encoded = Buffer.from(text).toString('base64').replaceAll('=', '');
    expect(encoded).toMatch(/[+/]/);
    return signed(`${encode({ typ: 'at+jwt', ...header() })}.${encoded}`);
  }

  function signed(input: string): string {
    return `${input}.${own.sign(Buffer.from(input)).toString('base64url')}`;
  }
});

function swapped(signature: Buffer): Buffer {
  return Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]);
}

/** The same bytes to a decoder that overlooks the last four bits, which 64 bytes leave unused. */
function respelled(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = `${token.slice(0, -1)}${alphabet[alphabet.indexOf(token.slice(-1)) + 1]}`;
  const [one, two] = [token, other].map((each) => Buffer.from(each.split('.')[2] ?? '', 'base64url'));
  expect(one).toEqual(two);
  return other;
}

function toPem(key: JWK): string {
  return String(createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
}
