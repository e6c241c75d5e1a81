import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CryptoKey, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import { eventsOf } from '../support/audit.js';
import { basic, postForm } from '../support/http.js';
import { givenPlatform, givenTenant } from '../support/given.js';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let own: CryptoKey;
let foreign: CryptoKey;
const used = randomUUID();

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  own = pair.privateKey;
  foreign = (await generateKeyPair('ES256')).privateKey;
  const registration = { grant_types: ['client_credentials'], token_endpoint_auth_method: 'private_key_jwt' };
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
  for (const client_id of ['signer', 'disabled']) {
    await platform.operator.create('/tenants/acme/clients', { client_id, jwks, ...registration });
  }
  await platform.operator.patch('/tenants/acme/clients/disabled', { enabled: false });
  await ask(await assertion({ jti: used }));
});

const now = () => Math.floor(Date.now() / 1000);

function assertion(claims: Record<string, unknown> = {}, header: object = {}, key = own): Promise<string> {
  const all = { iss: 'signer', sub: 'signer', aud: acme.issuer, jti: randomUUID(), iat: now(), exp: now() + 60 };
  const present = Object.fromEntries(Object.entries({ ...all, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(present).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key);
}

function ask(client_assertion: string, client_id?: string) {
  const form = { grant_type: 'client_credentials', client_assertion_type: TYPE, client_assertion, client_id };
  return postForm(`${acme.issuer}/token`, form);
}

const withSecret = (client: string, secret: string) =>
  postForm(`${acme.issuer}/token`, { grant_type: 'client_credentials' }, { authorization: basic(client, secret) });

describe('A client that does not prove itself', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['assertion_expired', async () => ask(await assertion({ exp: now() - 60 }))],
    ['assertion_aud', async () => ask(await assertion({ aud: undefined }))],
    ['assertion_audience', async () => ask(await assertion({ aud: 'https://elsewhere.test' }))],
    ['assertion_lifetime', async () => ask(await assertion({ exp: now() + 86_400 }))],
    ['assertion_iat', async () => ask(await assertion({ iat: now() + 120 }))],
    ['assertion_iss', async () => ask(await assertion({ iss: 'another' }))],
    ['assertion_jti', async () => ask(await assertion({ jti: '' }))],
    ['assertion_replayed', async () => ask(await assertion({ jti: used }))],
    ['assertion_typ', async () => ask(await assertion({}, { typ: 'at+jwt' }))],
    ['assertion_unknown_key', async () => ask(await assertion({}, { kid: 'k9' }))],
    ['assertion_signature', async () => ask(await assertion({}, {}, foreign))],
    ['assertion_algorithm', () => ask(new UnsecuredJWT({ sub: 'signer' }).encode())],
    ['client_disabled', async () => ask(await assertion({ iss: 'disabled', sub: 'disabled' }))],
    ['unknown_client', async () => ask(await assertion({ iss: 'made-up', sub: 'made-up' }))],
    ['no_keys_registered', async () => ask(await assertion(), 'machine')],
    ['secret_wrong', () => withSecret('machine', 'x')],
    ['no_secret_registered', () => withSecret('signer', 'x')],
    ['unknown_client', () => withSecret('made-up', 'x')],
    ['method_not_registered', () => postForm(`${acme.issuer}/token`, { client_id: 'machine' })],
    ['method_not_registered', () => withSecret('machine', '')],
    ['method_not_registered', () => withSecret('signer', '')],
    ['no_secret_registered', () => withSecret('spa', 'x')],
    ['unreadable', () => postForm(`${acme.issuer}/token`, {}, { authorization: 'Basic ?' })],
  ])('leaves the reason in the log: %s', async (reason, work) => {
    const events = await eventsOf(platform.operator, 'acme', work);
    expect(events).toMatchObject([
      { type: 'client.authentication_failed', outcome: 'failure', address: '127.0.0.1', details: { reason } },
    ]);
  });

  it.each<[RegExp, () => Promise<string>]>([
    [/expired/, () => assertion({ exp: now() - 60 })],
    [/aud must be http.* strict_assertion_audience/, () => assertion({ aud: `${acme.issuer}/token` })],
    [/at most 600 seconds/, () => assertion({ exp: now() + 3000 })],
    [/jti was used before/, () => assertion({ jti: used })],
    [/iss must be the client_id/, () => assertion({ iss: 'another' })],
    [/jti is missing/, () => assertion({ jti: undefined })],
  ])('hears what is wrong with an assertion that its own key signed: %s', async (hint, made) => {
    expect((await ask(await made())).json()).toMatchObject({
      error: 'invalid_client',
      error_description: expect.stringMatching(hint),
    });
  });

  it('is told the same whatever the reason, without its key', async () => {
    const answers = [
      await ask(await assertion({ exp: now() - 60 }, {}, foreign)),
      await ask(await assertion({}, {}, foreign)),
      await ask(await assertion({ iss: 'disabled', sub: 'disabled' })),
      await ask(await assertion({ iss: 'made-up', sub: 'made-up' })),
      await withSecret('machine', 'x'),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });
});
