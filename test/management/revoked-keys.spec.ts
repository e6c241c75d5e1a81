import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { eventsOf } from '../support/audit.js';
import { send } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { expectProblem } from '../support/problems.js';
import { countStatuses, race, racingCall, times } from '../support/race.js';
import {
  type TenantFixture,
  clientCredentials,
  createTenant,
  getTokens,
  introspect,
  userinfo,
} from '../support/tenant-fixture.js';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly state: 'next' | 'current' | 'previous';
  readonly signs_until: string | null;
}

let platform: Pair;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
});
afterAll(() => platform.stop());
beforeEach(async () => {
  acme = await createTenant(platform, `t-${randomUUID().slice(0, 8)}`);
});

const at = () => `/tenants/${acme.slug}/keys`;
/** Those of access tokens; the keys of ID tokens are left alone. */
const ofAccessTokens = (keys: readonly Key[]) => keys.filter(({ alg }) => alg === 'ES256');
const listKeys = async () => ofAccessTokens((await platform.operator.get<{ data: Key[] }>(at())).data);
const kidOf = async (state: Key['state']) => (await listKeys()).find((key) => key.state === state)?.kid ?? '';
const revoke = (kid: string, slug = acme.slug) =>
  platform.operator.request('POST', `/tenants/${slug}/keys/${kid}/revoke`);
const publishedAt = async (port: number) => {
  const url = `http://localhost:${port}/t/${acme.slug}/jwks`;
  return (await send(url)).json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
};
const signOut = (hint: string) =>
  send(`${acme.issuer}/end-session?id_token_hint=${hint}&post_logout_redirect_uri=https://rp.test/out`);
const newToken = async () => String((await clientCredentials(acme, { scope: 'orders:read' })).json()['access_token']);

describe('POST /keys/{kid}/revoke', () => {
  it('ends the key that signs: nothing it signed is accepted, and the waiting key signs at once', async () => {
    const [current, next] = [await kidOf('current'), await kidOf('next')];
    const tokens = await getTokens(acme);
    const signedOut = await signOut(String((await getTokens(acme))['id_token']));
    expect(signedOut.headers.location).toContain('https://rp.test/out');
    const own = await newToken();
    expect((await introspect(acme, own, 'machine'))['active']).toBe(true);

    const answer = await revoke(current);
    expect(answer.status).toBe(200);
    const keys = ofAccessTokens(answer.json<{ data: Key[] }>().data);
    expect(keys.map(({ kid }) => kid)).not.toContain(current);
    expect(keys.filter(({ state }) => state === 'current').map(({ kid }) => kid)).toEqual([next]);
    expect(keys.filter(({ state }) => state === 'next')).toHaveLength(1);

    expect(await publishedAt(platform.config.listen.port)).not.toContain(current);
    expect((await introspect(acme, own, 'machine'))['active']).toBe(false);
    expect((await introspect(acme, String(tokens['access_token'])))['active']).toBe(false);
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).status).toBe(401);
    // The ID token has a key of its own.
    expect((await revoke(String(decodeProtectedHeader(String(tokens['id_token'])).kid))).status).toBe(200);
    const again = await signOut(String(tokens['id_token']));
    expect(again.headers.location ?? '').not.toContain('https://rp.test/out');

    const fresh = await newToken();
    expect(decodeProtectedHeader(fresh).kid).toBe(next);
    expect((await introspect(acme, fresh, 'machine'))['active']).toBe(true);
  });

  it('ends the key that waits, and prepares another', async () => {
    const [current, next] = [await kidOf('current'), await kidOf('next')];
    expect((await revoke(next)).status).toBe(200);
    const keys = await listKeys();
    expect(keys.find(({ kid }) => kid === current)).toMatchObject({ state: 'current', signs_until: null });
    expect(keys.filter(({ state }) => state === 'next').map(({ kid }) => kid)).not.toEqual([next]);
    expect(keys).toHaveLength(2);
  });

  it('ends a key that signed before', async () => {
    const old = await kidOf('current');
    const token = await newToken();
    await platform.operator.request('POST', `${at()}/rotate`, { alg: 'ES256' });
    expect((await introspect(acme, token, 'machine'))['active']).toBe(true);
    expect((await revoke(old)).status).toBe(200);
    expect((await introspect(acme, token, 'machine'))['active']).toBe(false);
    expect((await listKeys()).map(({ state }) => state).sort()).toEqual(['current', 'next']);
  });

  it('leaves no gap when the key was to take over later, and none when it was to hand over later', async () => {
    // The second rotation cannot take effect yet: it is planned.
    for (let round = 0; round < 3; round += 1)
      await platform.operator.request('POST', `${at()}/rotate`, { alg: 'ES256' });
    const planned = await platform.database.query<{ kid: string }>(
      `SELECT kid FROM signing_keys WHERE tenant_id = $1 AND alg = 'ES256' AND signs_from > now() ORDER BY signs_from`,
      [acme.id],
    );
    expect(planned).toHaveLength(2);
    await revoke(planned[0]?.kid ?? '');
    await expectNoGap();
    await revoke(await kidOf('current'));
    await expectNoGap();
    await revoke(await kidOf('current'));
    await expectNoGap();
    expect((await introspect(acme, await newToken(), 'machine'))['active']).toBe(true);
  });

  it('is recorded once, and answered alike when it is asked again', async () => {
    const kid = await kidOf('current');
    const events = await eventsOf(platform.operator, acme.slug, async () => {
      await revoke(kid);
      const keys = await listKeys();
      expect(ofAccessTokens((await revoke(kid)).json<{ data: Key[] }>().data)).toEqual(keys);
    });
    expect(events).toEqual([
      expect.objectContaining({ type: 'key.revoked', target: `key:${kid}`, actor: 'client:operator@system' }),
    ]);
    const [row] = await platform.database.query<{ private_key: Buffer }>(
      'SELECT private_key FROM signing_keys WHERE kid = $1',
      [kid],
    );
    expect(row?.private_key.length).toBe(0);
  });

  it('tells every process', async () => {
    const kid = await kidOf('current');
    const token = await newToken();
    for (const port of platform.ports) expect(await publishedAt(port)).toContain(kid);
    await revoke(kid);
    const second = platform.ports[1] ?? 0;
    while ((await publishedAt(second)).includes(kid));
    const answer = await send(`http://localhost:${second}/t/${acme.slug}/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
  });

  it('happens once when it is asked for many times at once, beside rotations', async () => {
    const kid = await kidOf('current');
    const requests = times(8, (index) =>
      racingCall(platform.operator, 'POST', index < 5 ? `${at()}/${kid}/revoke` : `${at()}/rotate`, { alg: 'ES256' }),
    );
    const answers = await race(platform.ports, requests);
    expect(Object.keys(countStatuses(answers))).toEqual(['200']);
    expect((await listKeys()).map((key) => key.kid)).not.toContain(kid);
    await expectNoGap();
    const { data } = await platform.operator.get<{ data: object[] }>(
      `/tenants/${acme.slug}/audit-events?type=key.revoked`,
    );
    expect(data).toHaveLength(1);
  });

  it.each(['nothing', 'a%00b', 'x'.repeat(500), '%F0%9F%92%A9'])('knows no key %.20s', async (kid) => {
    expectProblem(await revoke(kid), 404, 'not-found');
  });

  it('reaches no key of another tenant', async () => {
    const kid = await kidOf('current');
    expectProblem(await revoke(kid, 'globex'), 404, 'not-found');
    expect(await kidOf('current')).toBe(kid);
  });
});

/** One key signs now, each hands over to the next, the last one signs without end, and one waits. */
async function expectNoGap(): Promise<void> {
  const rows = await platform.database.query<{ signs_from: Date; signs_until: Date | null }>(
    `SELECT signs_from, signs_until FROM signing_keys
      WHERE tenant_id = $1 AND alg = 'ES256' AND signs_from IS NOT NULL AND coalesce(signs_until > now(), true) ORDER BY 1, 2`,
    [acme.id],
  );
  expect(rows[0]?.signs_from.getTime()).toBeLessThanOrEqual(Date.now());
  expect(rows.at(-1)?.signs_until).toBeNull();
  const ends = rows.slice(0, -1).map(({ signs_until: end }) => end?.getTime());
  expect(ends).toEqual(rows.slice(1).map(({ signs_from: start }) => start.getTime()));
  const waiting = `SELECT kid FROM signing_keys WHERE tenant_id = $1 AND alg = 'ES256' AND signs_from IS NULL`;
  expect(await platform.database.query(waiting, [acme.id])).toHaveLength(1);
}
