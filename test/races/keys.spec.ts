import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type JSONWebKeySet, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { KeyStock } from '../../src/keys/key-stock.js';
import { changesHeard } from '../support/changes-heard.js';
import { type HttpAnswer, basic, send } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import type { Platform } from '../support/platform.js';
import { countStatuses, race, racingCall, racingForm, times } from '../support/race.js';
import { type TenantFixture, clientCredentials, createTenant } from '../support/tenant-fixture.js';

interface ListedKey {
  readonly kid: string;
  readonly alg: string;
  readonly state: string;
}

/** More would be refused by verifiers that bound what they fetch. */
const MAX_PUBLISHED_KEYS = 12;

let platform: Pair;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());

describe('The first keys of an algorithm', () => {
  const statesOf = async (slug: string, alg: string) =>
    (await listKeys(slug)).filter((key) => key.alg === alg).map(({ state }) => state);

  it('are made once when many clients and the policy choose it at once', async () => {
    await createTenant(platform, 'globex');
    const choose = (index: number) =>
      index === 0
        ? racingCall(
            platform.operator,
            'PATCH',
            '/tenants/globex',
            { policy: { access_token_signing_alg: 'EdDSA' } },
            { 'if-match': '*' },
          )
        : racingCall(platform.operator, 'POST', '/tenants/globex/clients', {
            redirect_uris: ['https://rp.test/cb'],
            id_token_signed_response_alg: 'EdDSA',
          });
    const answers = await race(platform.ports, times(12, choose));
    expect(countStatuses(answers)).toEqual({ 200: 1, 201: 11 });
    expect((await statesOf('globex', 'EdDSA')).sort()).toEqual(['current', 'next']);
  });

  it('are made once when many requests need them at once, where an older version made none', async () => {
    const tenant = await createTenant(platform, 'initech', { access_token_signing_alg: 'EdDSA' });
    await platform.database.query(`DELETE FROM signing_keys WHERE tenant_id = $1 AND alg = 'EdDSA'`, [tenant.id]);
    for (const process of [platform, platform.second]) await changesHeard(process);
    const authorization = basic('machine', tenant.secrets.machine);
    const form = { grant_type: 'client_credentials', scope: 'orders:read' };
    const request = racingForm(`${tenant.issuer}/token`, form, { authorization });
    const answers = await race(
      platform.ports,
      times(20, () => request),
    );

    expect(countStatuses(answers)).toEqual({ 200: 20 });
    const kids = answers.map((answer) => decodeProtectedHeader(String(answer.json()['access_token'])).kid);
    expect(new Set(kids).size).toBe(1);
    expect((await statesOf('initech', 'EdDSA')).sort()).toEqual(['current', 'next']);
  });
});

describe('The first RSA keys of a tenant', () => {
  const signedBy = (process: Platform) => jest.spyOn(process.application.nest.get(KeyStock), 'take');
  const askAll = (tenant: TenantFixture) => {
    const request = { url: `${tenant.issuer}/jwks` };
    return race(
      platform.ports,
      times(20, () => request),
    );
  };
  const keySetsOf = (answers: readonly HttpAnswer[]) => new Set(answers.map(({ text }) => text));

  it('are made by one process of those that are asked at once', async () => {
    const taken = [platform, platform.second].map(signedBy);
    const answers = await askAll(await createTenant(platform, 'umbrella'));
    expect(countStatuses(answers)).toEqual({ 200: 20 });
    expect(keySetsOf(answers).size).toBe(1);
    expect(taken.map(({ mock }) => mock.calls.length).sort()).toEqual([0, 2]);
    expect(await platform.database.query('SELECT FROM signing_key_claims')).toEqual([]);
  });

  it('are made by another process when the one that began ended before', async () => {
    const tenant = await createTenant(platform, 'hooli');
    await platform.database.query(
      `INSERT INTO signing_key_claims (tenant_id, alg, until) VALUES ($1, 'RS256', clock_timestamp() + interval '0.5 s')`,
      [tenant.id],
    );
    const answers = await askAll(tenant);
    expect(countStatuses(answers)).toEqual({ 200: 20 });
    expect(keySetsOf(answers).size).toBe(1);
  });

  it('are made by the next request when making them failed', async () => {
    const tenant = await createTenant(platform, 'massive');
    const failing = jest.spyOn(platform.application.nest.get(KeyStock), 'take').mockRejectedValue(new Error('No.'));
    const address = `http://localhost:${platform.ports[0]}/t/massive/jwks`;
    expect((await send(address)).status).toBe(500);
    failing.mockRestore();
    expect((await send(address)).status).toBe(200);
    expect((await send(`http://localhost:${platform.ports[1]}/t/massive/jwks`)).text).toBe((await send(address)).text);
    expect(tenant.slug).toBe('massive');
  });
});

describe('A rotation that is asked for many times at once', () => {
  it('leaves one key that waits and one that signs without end, and no more keys than verifiers take', async () => {
    const rotate = racingCall(platform.operator, 'POST', '/tenants/acme/keys/rotate', { alg: 'ES256' });
    const answers = await race(
      platform.ports,
      times(30, () => rotate),
    );

    expect(Object.keys(countStatuses(answers))).toEqual(['200', '409']);
    expect((await listKeys('acme')).filter(({ alg }) => alg === 'ES256').length).toBe(MAX_PUBLISHED_KEYS);
    expect(await countKeys('signs_from IS NULL')).toBe(1);
    expect(await countKeys('signs_from IS NOT NULL AND signs_until IS NULL')).toBe(1);
    expect(await countKeys('signs_until < signs_from')).toBe(0);
  });

  it('leaves no moment without a key: each takes over when the one before it ends', async () => {
    const rows = await platform.database.query<{ signs_from: Date; signs_until: Date | null }>(
      'SELECT signs_from, signs_until FROM signing_keys WHERE tenant_id = $1 AND alg = $2 AND signs_from IS NOT NULL ORDER BY 1, 2',
      [acme.id, 'ES256'],
    );
    const ends = rows.slice(0, -1).map(({ signs_until: end }) => end?.getTime());
    expect(ends).toEqual(rows.slice(1).map(({ signs_from: start }) => start.getTime()));
  });

  it('signs tokens that the published keys verify, at every instance', async () => {
    const { access_token: token } = (await clientCredentials(acme, { scope: 'orders:read' })).json<
      Record<string, string>
    >();
    for (const port of platform.ports) {
      const jwks = (await send(`http://localhost:${port}/t/acme/jwks`)).json<JSONWebKeySet>();
      await expect(jwtVerify(String(token), createLocalJWKSet(jwks))).resolves.toBeDefined();
    }
  });
});

async function listKeys(slug: string): Promise<ListedKey[]> {
  return (await platform.operator.get<{ data: ListedKey[] }>(`/tenants/${slug}/keys`)).data;
}

async function countKeys(condition: string): Promise<number> {
  const text = `SELECT count(*)::int AS keys FROM signing_keys WHERE tenant_id = $1 AND alg = 'ES256' AND ${condition}`;
  return (await platform.database.query<{ keys: number }>(text, [acme.id]))[0]?.keys ?? -1;
}
