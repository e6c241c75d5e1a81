import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { type HttpAnswer, basic, encodeForm, postForm, send } from '../support/http.js';
import { OPERATOR_SECRET } from '../support/platform.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  authorize,
  authorizeUrl,
  clientCredentials,
  createTenant,
  getCode,
  introspect,
  pkce,
  redeem,
  responseOf,
  userinfo,
} from '../support/tenant-fixture.js';

let platform: ProductionPlatform;
let acme: TenantFixture;
/** Whatever was secret in the requests and answers below. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  platform = await startProduction(1);
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.database.drop());

describe('The log of requests', () => {
  it('has one line for each, with an identifier, the tenant and what happened', async () => {
    await send(`${acme.issuer}/jwks`);
    await send(`${acme.hostIssuer}/jwks?first=1`);
    await send(`${platform.url}/t/nobody/jwks`);
    await clientCredentials(acme, { scope: 'moon:walk' });
    await send(`${platform.url}/health/live`);
    const lines = (await requestLines()).slice(-5);

    expect(lines.map(({ tenant, method, path, status }) => [tenant, method, path, status])).toEqual([
      ['acme', 'GET', '/jwks', 200],
      ['acme', 'GET', '/jwks', 200],
      ['nobody', 'GET', '/jwks', 404],
      ['acme', 'POST', '/token', 400],
      [undefined, 'GET', '/health/live', 200],
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({ level: 30, ms: expect.any(Number), address: '127.0.0.1' });
      expect(String(line['time'])).toMatch(/^\d{4}-\d\d-\d\dT/);
    }
    expect(new Set(lines.map(({ request }) => request)).size).toBe(5);
  });

  it('names a request as problems and audit events do', async () => {
    const { request_id: id } = (await platform.operator.request('GET', '/tenants/nobody')).json();
    expect((await requestLines()).filter(({ request }) => request === id)).toHaveLength(1);
  });

  it('keeps line breaks in an address from making lines of their own', async () => {
    const before = (await requestLines()).length;
    await send(`${platform.url}/t/acme/x%0a%7b%22level%22:30%7d`);
    expect((await requestLines()).length).toBe(before + 1);
  });
});

describe('Passwords, codes, tokens and cookies', () => {
  it('are sent in bodies, addresses and headers, rightly and wrongly', async () => {
    keep('the right password', ALICE_PASSWORD);
    keep('the operator’s secret', OPERATOR_SECRET);
    for (const [name, secret] of Object.entries(acme.secrets)) keep(`the secret of ${name}`, secret);
    const browser = new TestBrowser();
    const page = await browser.open(
      authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' }),
    );
    await browser.signIn(page, 'alice', keep('a wrong password', 'wrong-password-4711'));
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid offline_access orders:read' }, browser);
    for (const name of browser.cookieNames) keep(`cookie ${name}`, browser.cookie(name));
    const wrong = await redeem(acme, { code, code_verifier: keep('a wrong verifier', 'v'.repeat(43)) });
    expect(wrong.status).toBe(400);
    const tokens = (
      await redeem(acme, { code: keep('a code', code), code_verifier: keep('a verifier', verifier) })
    ).json<Record<string, string>>();
    for (const kind of ['access_token', 'refresh_token', 'id_token']) keep(`an ${kind}`, String(tokens[kind]));
    const { access_token: accessToken = '', refresh_token: refreshToken = '', id_token: idToken = '' } = tokens;

    await userinfo(acme.issuer, accessToken);
    await send(`${acme.issuer}/userinfo?access_token=${accessToken}`);
    await introspect(acme, refreshToken);
    await postForm(`${acme.issuer}/revoke`, { token: accessToken }, { authorization: basic('web', acme.secrets.web) });
    await send(`${acme.issuer}/token?client_secret=${acme.secrets.web}&code=${code}`, { method: 'POST' });
    await postForm(`${acme.issuer}/token`, { grant_type: 'password', username: 'alice', password: ALICE_PASSWORD });
    await browser.open(`${acme.issuer}/end-session?${encodeForm({ id_token_hint: idToken })}`);
    await platform.operator.request('POST', '/tenants/acme/users', {
      username: 'x',
      password: keep('a refused password', 'refused-4712'),
    });
    await platform.operator.request(
      'POST',
      '/tenants/acme/users',
      `{"password":"${keep('in broken JSON', 'broken-4713')}"`,
    );
    await send(`${platform.url}/api/v1/tenants`, {
      headers: { authorization: `Bearer ${keep('no token', 'no-token-4714')}` },
    });
    const implicit = responseOf(await authorize(acme.issuer, { response_type: 'token' }, browser));
    expect(implicit['error']).toBeDefined();
  });

  it('are in no line of either output', async () => {
    await requestLines();
    const [first] = platform.processes;
    expect((await first?.stop())?.code).toBe(0);
    const written = `${first?.output}${first?.errors}`;
    expect(written.split('\n').length).toBeGreaterThan(40);
    for (const [name, secret] of secrets) expect([name, written.includes(secret)]).toEqual([name, false]);
  });
});

function keep(name: string, secret: string): string {
  if (secret.length < 8) throw new Error(`${name} is too short to be looked for.`);
  secrets.set(name, secret);
  return secret;
}

/** The lines of all requests so far: a last one is sent, and waited for. */
async function requestLines(): Promise<Record<string, unknown>[]> {
  const [first] = platform.processes;
  if (!first) throw new Error('Nothing runs.');
  const mark = `/mark-${Math.random().toString(36).slice(2)}`;
  const answer: HttpAnswer = await send(`${platform.url}${mark}`);
  expect(answer.status).toBe(404);
  await first.find(new RegExp(`"path":"${mark}"`));
  return first.log.filter(({ path }) => typeof path === 'string' && !path.startsWith('/mark-'));
}
