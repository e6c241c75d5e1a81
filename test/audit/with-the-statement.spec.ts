import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AuditEvent } from '../../src/audit/audit-event.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { TestBrowser } from '../support/browser.js';
import { basic, postForm } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  authorizeUrl,
  authorize,
  clientCredentials,
  createTenant,
  getCode,
  getSpaTokens,
  getTokens,
  pkce,
  redeem,
  refresh,
} from '../support/tenant-fixture.js';

interface Stored {
  readonly id: string;
  readonly type: string;
  readonly user_id: string | null;
  readonly client_id: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

let platform: Platform;
let acme: TenantFixture;
/** What would have been written later; here it never is. */
const buffered: AuditEvent[] = [];
const bufferedTypes = () => buffered.map(({ type }) => type);

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme', { allow_password_grant: true });
  const recorder = platform.application.nest.get(AuditRecorder);
  jest.spyOn(recorder, 'record').mockImplementation((event: AuditEvent) => void buffered.push(event));
});
beforeEach(() => void buffered.splice(0));
afterAll(async () => {
  jest.restoreAllMocks();
  await platform.stop();
});

/** The events that are in the database when `work` was answered. */
async function storedBy(work: () => Promise<unknown>): Promise<Stored[]> {
  const list = () =>
    platform.database.query<Stored>('SELECT * FROM audit_events WHERE tenant_id = $1 ORDER BY id', [acme.id]);
  const known = new Set((await list()).map(({ id }) => id));
  await work();
  return (await list()).filter(({ id }) => !known.has(id));
}

const challenge = () => ({ code_challenge: pkce().challenge, code_challenge_method: 'S256' });
const web = () => ({ authorization: basic('web', acme.secrets.web) });
const ofAlice = (type: string) => expect.objectContaining({ type, user_id: acme.aliceId }) as unknown;

describe('What a statement stores is in the log when it is answered:', () => {
  it('sign-in, consent and authorization', async () => {
    const events = await storedBy(() => getCode(acme.issuer, { prompt: 'consent', scope: 'openid orders:read' }));
    expect(events).toEqual([ofAlice('user.signed_in'), ofAlice('consent.granted'), ofAlice('authorization.granted')]);
    expect(events[0]).toMatchObject({ client_id: 'web', details: { amr: ['pwd'], session: expect.any(String) } });
    expect(events[2]?.details['grant']).toMatch(/^[0-9a-f-]{36}$/);
    expect(bufferedTypes()).toEqual([]);
  });

  it('a code that is redeemed, for JWTs and opaque tokens', async () => {
    for (const scope of ['openid orders:read', 'openid stock:read']) {
      const { code, verifier } = await getCode(acme.issuer, { scope });
      const [event, ...others] = await storedBy(() => redeem(acme, { code, code_verifier: verifier }));
      expect(others).toEqual([]);
      expect(event).toEqual(ofAlice('token.issued'));
      expect(event?.details).toMatchObject({ grant_type: 'authorization_code', grant: expect.any(String) });
    }
    expect(bufferedTypes()).toEqual([]);
  });

  it('a refresh, with rotation and without', async () => {
    const rotating = String((await getSpaTokens(acme))['refresh_token']);
    expect(await storedBy(() => refresh(acme, rotating))).toEqual([ofAlice('token.issued')]);
    const kept = await getTokens(acme, { scope: 'openid offline_access' });
    const form = { grant_type: 'refresh_token', refresh_token: kept['refresh_token'] };
    expect(await storedBy(() => postForm(`${acme.issuer}/token`, form, web()))).toEqual([ofAlice('token.issued')]);
    expect(bufferedTypes()).toEqual([]);
  });

  it('an opaque token of a client, and what the password grant gives', async () => {
    expect(await storedBy(() => clientCredentials(acme, { scope: 'stock:read' }))).toMatchObject([
      { type: 'token.issued', client_id: 'machine', user_id: null, details: { format: 'opaque' } },
    ]);
    const grants = { grant_types: ['authorization_code', 'refresh_token', 'password'] };
    await platform.operator.patch('/tenants/acme/clients/web', grants);
    const form = { grant_type: 'password', username: 'alice', password: ALICE_PASSWORD, scope: 'openid' };
    expect(await storedBy(() => postForm(`${acme.issuer}/token`, form, web()))).toEqual([
      ofAlice('user.signed_in'),
      ofAlice('token.issued'),
    ]);
    expect(bufferedTypes()).toEqual([]);
  });

  it('a revocation, with the user and the grant; and none when nothing was revoked', async () => {
    const { access_token: jwt, refresh_token: refreshToken } = await getTokens(acme, {
      scope: 'openid offline_access orders:read',
    });
    const { access_token: opaque } = await getTokens(acme, { scope: 'openid stock:read' });
    for (const [token, kind] of [
      [jwt, 'access_token'],
      [opaque, 'access_token'],
      [refreshToken, 'refresh_token'],
    ] as const) {
      const revoke = () => postForm(`${acme.issuer}/revoke`, { token: String(token) }, web());
      const [event, ...others] = await storedBy(revoke);
      expect([event, others]).toEqual([ofAlice('token.revoked'), []]);
      expect(event).toMatchObject({ client_id: 'web', details: { token: kind, grant: expect.any(String) } });
      expect(await storedBy(revoke)).toEqual([]);
    }
    expect(bufferedTypes()).toEqual([]);
  });

  it('the second use of a code', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    await redeem(acme, { code, code_verifier: verifier });
    const again = await storedBy(() => redeem(acme, { code, code_verifier: verifier }));
    expect(again).toEqual([ofAlice('authorization_code.reused')]);
    expect(bufferedTypes()).toEqual(['token.refused']);
  });

  it('a denial and a sign-out', async () => {
    const browser = new TestBrowser();
    const events = await storedBy(async () => {
      const page = await browser.open(authorizeUrl(acme.issuer, { ...challenge(), prompt: 'consent' }));
      await browser.decide(await browser.signIn(page, 'alice', ALICE_PASSWORD), 'deny');
    });
    expect(events).toEqual([ofAlice('user.signed_in'), ofAlice('consent.denied')]);
    expect(bufferedTypes()).toEqual(['authorization.refused']);
    await authorize(acme.issuer, challenge(), browser);
    const page = await browser.open(`${acme.issuer}/end-session`);
    expect(await storedBy(() => browser.submit(page, 'logout-confirm'))).toEqual([ofAlice('user.signed_out')]);
  });

  it('once, for the one of several redemptions that wins', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    const events = await storedBy(() =>
      Promise.all(Array.from({ length: 8 }, () => redeem(acme, { code, code_verifier: verifier }))),
    );
    expect(events.filter(({ type }) => type === 'token.issued')).toHaveLength(1);
  });
});

describe('A refusal', () => {
  it('names whose token it was and why, which the client is not told', async () => {
    const spa = await getSpaTokens(acme);
    const form = { grant_type: 'refresh_token', refresh_token: String(spa['refresh_token']) };
    const stolen = await postForm(`${acme.issuer}/token`, form, web());
    const unknown = await postForm(`${acme.issuer}/token`, { ...form, refresh_token: 'x' }, web());
    expect([stolen.status, stolen.text]).toEqual([unknown.status, unknown.text]);
    await platform.database.query('UPDATE grants SET revoked_at = now() WHERE tenant_id = $1', [acme.id]);
    await refresh(acme, String(spa['refresh_token']));
    expect(buffered.map(({ userId, details }) => [userId, details?.['detail']])).toEqual([
      [undefined, 'It was issued to another client.'],
      [undefined, 'It is unknown.'],
      [acme.aliceId, 'Its grant was revoked.'],
    ]);
  });
});
