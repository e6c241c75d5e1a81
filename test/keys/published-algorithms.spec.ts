import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import {
  type TenantFixture,
  clientCredentials,
  createTenant,
  getCode,
  getTokens,
  redeem,
} from '../support/tenant-fixture.js';

const platform = givenPlatform();
let acme: TenantFixture;
let globex: TenantFixture;
let count = 0;

beforeAll(async () => {
  globex = await createTenant(platform, 'globex');
});
beforeEach(async () => {
  acme = await createTenant(platform, `acme-${(count += 1)}`);
});

const at = () => `/tenants/${acme.slug}`;
const choose = (policy: object) => platform.operator.patch(at(), { policy });

async function published({ issuer } = acme): Promise<string[]> {
  const { keys } = (await send(`${issuer}/jwks`)).json<{ keys: { alg: string }[] }>();
  return [...new Set(keys.map(({ alg }) => alg))].sort();
}

async function accessTokenAlg(): Promise<string | undefined> {
  const answer = await clientCredentials(acme, { scope: 'orders:read' });
  return decodeProtectedHeader(String(answer.json()['access_token'])).alg;
}

async function idTokenAlg(client: 'web' | 'other' = 'web'): Promise<string | undefined> {
  const { code, verifier } = await getCode(acme.issuer, { client_id: client });
  const answer = await redeem(acme, { code, code_verifier: verifier }, client);
  return decodeProtectedHeader(String(answer.json()['id_token'])).alg;
}

/** As if the time that verifiers keep a key set had passed. */
async function letCachesExpire(): Promise<void> {
  await platform.database.query(
    `UPDATE tenants SET signing_handovers = replace(signing_handovers::text, '"until"', '"until": 1, "was"')::jsonb
      WHERE id = $1`,
    [acme.id],
  );
  await changesHeard(platform);
}

describe('the keys of an algorithm are published by whatever chooses it', () => {
  it('a new tenant: those of access tokens and of ID tokens, before anything is signed', async () => {
    expect(await published()).toEqual(['ES256', 'RS256']);
    const tokens = await getTokens(acme);
    expect(decodeProtectedHeader(String(tokens['access_token'])).alg).toBe('ES256');
    expect(decodeProtectedHeader(String(tokens['id_token'])).alg).toBe('RS256');
  });

  it('a client, registered with it or changed to it, which is signed for at once', async () => {
    const body = { redirect_uris: ['https://rp.test/cb'], id_token_signed_response_alg: 'EdDSA' };
    await platform.operator.create(`${at()}/clients`, body);
    expect(await published()).toEqual(['ES256', 'EdDSA', 'RS256']);
    const changed = await createTenant(platform, `changed-${count}`);
    expect(await published(changed)).toEqual(['ES256', 'RS256']);
    const client = `/tenants/${changed.slug}/clients/web`;
    const view = await platform.operator.patch(client, { id_token_signed_response_alg: 'EdDSA' });
    expect(view).toMatchObject({ id_token_signed_response_alg: 'EdDSA' });
    expect(await published(changed)).toEqual(['ES256', 'EdDSA', 'RS256']);
    const tokens = await getTokens(changed);
    expect(decodeProtectedHeader(String(tokens['id_token'])).alg).toBe('EdDSA');
    expect(await published(globex)).toEqual(['ES256', 'RS256']);
  });

  it('a client that registers none, where the tenant of an older version has no key of its policy', async () => {
    await platform.database.query(`DELETE FROM signing_keys WHERE tenant_id = $1 AND alg = 'RS256'`, [acme.id]);
    await changesHeard(platform);
    const body = { redirect_uris: ['https://rp.test/cb'] };
    const created = await platform.operator.create(`${at()}/clients`, body);
    expect(created).toMatchObject({ id_token_signed_response_alg: 'RS256' });
    expect(await published()).toEqual(['ES256', 'RS256']);
  });

  it('a client that is refused publishes nothing', async () => {
    const body = { client_id: 'web', redirect_uris: ['https://rp.test/cb'], id_token_signed_response_alg: 'EdDSA' };
    expect((await platform.operator.request('POST', `${at()}/clients`, body)).status).toBe(409);
    expect(await published()).toEqual(['ES256', 'RS256']);
  });

  it('a suspended tenant’s policy too', async () => {
    await published();
    await platform.operator.patch(at(), { status: 'suspended' });
    await choose({ id_token_signing_alg: 'EdDSA' });
    await platform.operator.patch(at(), { status: 'active' });
    expect(await published()).toEqual(['ES256', 'EdDSA', 'RS256']);
  });
});

describe('the keys of a suspended tenant', () => {
  it('are rotated and revoked like others', async () => {
    await platform.operator.patch(at(), { status: 'suspended' });
    const listed = async () =>
      (await platform.operator.get<{ data: { kid: string; state: string }[] }>(`${at()}/keys`)).data;
    const before = (await listed()).filter(({ state }) => state === 'current');
    expect((await platform.operator.request('POST', `${at()}/keys/rotate`, {})).status).toBe(200);
    for (const { kid } of before) {
      expect((await platform.operator.request('POST', `${at()}/keys/${kid}/revoke`)).status).toBe(200);
    }
    const after = await listed();
    expect(after.map(({ state }) => state).sort()).toEqual(['current', 'current', 'next', 'next']);
    for (const { kid } of before) expect(after.map((key) => key.kid)).not.toContain(kid);
  });
});

describe('the RSA keys of a new tenant', () => {
  const stored = async () => {
    const rows: { alg: string }[] = await platform.database.query(
      'SELECT alg FROM signing_keys WHERE tenant_id = $1 ORDER BY alg',
      [acme.id],
    );
    return rows.map(({ alg }) => alg);
  };

  it('are not made by its onboarding, nor by a client that follows the policy', async () => {
    expect(await stored()).toEqual(['ES256', 'ES256']);
  });

  it('are made once by those who ask for the key set at the same time', async () => {
    const sets = await Promise.all(Array.from({ length: 20 }, () => send(`${acme.issuer}/jwks`)));
    expect(new Set(sets.map(({ text }) => text)).size).toBe(1);
    expect(await published()).toEqual(['ES256', 'RS256']);
    expect(await stored()).toEqual(['ES256', 'ES256', 'RS256', 'RS256']);
  });

  it('are made by the first ID token, or by an administrator who looks at the keys', async () => {
    expect(await idTokenAlg()).toBe('RS256');
    expect(await stored()).toEqual(['ES256', 'ES256', 'RS256', 'RS256']);
    const fresh = await createTenant(platform, `fresh-${count}`);
    const { data } = await platform.operator.get<{ data: { alg: string }[] }>(`/tenants/${fresh.slug}/keys`);
    expect(data.map(({ alg }) => alg).sort()).toEqual(['ES256', 'ES256', 'RS256', 'RS256']);
  });

  it('are not made when another algorithm is chosen before anybody saw a key, and nothing waits then', async () => {
    await choose({ id_token_signing_alg: 'ES256' });
    expect(await idTokenAlg()).toBe('ES256');
    expect(await published()).toEqual(['ES256']);
  });
});

describe('a policy that chooses another algorithm', () => {
  it('publishes its key at once, and signs access tokens with it when verifiers can know it', async () => {
    await choose({ access_token_signing_alg: 'EdDSA' });
    expect(await published()).toEqual(['ES256', 'EdDSA', 'RS256']);
    expect(await accessTokenAlg()).toBe('ES256');
    await letCachesExpire();
    while ((await accessTokenAlg()) === 'ES256');
    expect(await accessTokenAlg()).toBe('EdDSA');
  });

  it('signs at once with a key that is as old as the tenant', async () => {
    await choose({ access_token_signing_alg: 'RS256', id_token_signing_alg: 'ES256' });
    expect(await accessTokenAlg()).toBe('RS256');
    expect(await idTokenAlg()).toBe('ES256');
  });

  it('goes back without a wait, and waits for a third from what signs now', async () => {
    await published();
    await choose({ access_token_signing_alg: 'EdDSA' });
    await choose({ access_token_signing_alg: null });
    expect(await accessTokenAlg()).toBe('ES256');
    await choose({ access_token_signing_alg: 'RS256' });
    expect(await accessTokenAlg()).toBe('RS256');
    await choose({ access_token_signing_alg: 'EdDSA', password_min_length: 20 });
    expect(await accessTokenAlg()).toBe('RS256');
    // A change of something else does not end the wait.
    await choose({ password_min_length: 21 });
    expect(await accessTokenAlg()).toBe('RS256');
  });

  it('lets the clients that were there wait, and no client that comes after it', async () => {
    await published();
    await choose({ id_token_signing_alg: 'EdDSA' });
    expect(await idTokenAlg()).toBe('RS256');
    await platform.operator.request('DELETE', `${at()}/clients/other`);
    await platform.operator.create(`${at()}/clients`, {
      client_id: 'other',
      client_secret: acme.secrets.other,
      redirect_uris: ['https://rp.test/cb'],
    });
    expect(await idTokenAlg('other')).toBe('EdDSA');
    await letCachesExpire();
    while ((await idTokenAlg()) === 'RS256');
    expect(await idTokenAlg()).toBe('EdDSA');
  });

  it('leaves a client alone that registered its own', async () => {
    await platform.operator.patch(`${at()}/clients/web`, { id_token_signed_response_alg: 'RS256' });
    await choose({ id_token_signing_alg: 'ES256' });
    expect(await idTokenAlg()).toBe('RS256');
    const back = await platform.operator.patch(`${at()}/clients/web`, { id_token_signed_response_alg: null });
    expect(back).toMatchObject({ id_token_signed_response_alg: 'ES256' });
    expect(await idTokenAlg()).toBe('ES256');
  });
});
