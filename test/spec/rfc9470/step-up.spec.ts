import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Page, TestBrowser } from '../../support/browser.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { basic, encodeForm, postForm, send } from '../../support/http.js';
import {
  type TestApp,
  asksForCode,
  codeOf,
  forgetSteps,
  formOf,
  givenUserWithApp,
  submitCode,
} from '../../support/second-factor.js';
import {
  ALICE_PASSWORD,
  type TokenAnswer,
  authorizeUrl,
  introspect,
  pkce,
  redeem,
  responseOf,
} from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_password_grant: true });
const off = givenTenant(platform, 'off', { second_factor: 'off' });
const codes = givenTenant(platform, 'codes', { passkeys: 'off' });
const named = givenTenant(platform, 'named', {
  acr_values: { 'urn:bank:low': 'one_factor', 'urn:bank:high': 'two_factors' },
});

const { challenge, verifier } = pkce();
let user: TestApp & { readonly id: string; readonly username: string };
let browser: TestBrowser;

beforeAll(async () => {
  user = await givenUserWithApp(platform, acme, `user-${randomUUID()}`);
});
beforeEach(async () => {
  browser = new TestBrowser();
  await forgetSteps(platform);
});

const url = (params: Record<string, string> = {}, { issuer } = acme) =>
  authorizeUrl(issuer, { code_challenge: challenge, code_challenge_method: 'S256', ...params });
const essential = (...values: string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

async function tokensOf(page: Page, by = browser, tenant = acme): Promise<TokenAnswer> {
  const answered = page.text.includes('id="consent-approve"') ? await by.decide(page, 'approve') : page;
  return (
    await redeem(tenant, { code: responseOf(answered)['code'] ?? '', code_verifier: verifier })
  ).json<TokenAnswer>();
}

function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('RFC 9470 §4: a stronger sign-in that a resource server asked for', () => {
  it('is made in the session there is, and the tokens say so', async () => {
    const alice = new TestBrowser();
    const page = await alice.signIn(
      await alice.open(url({ scope: 'openid orders:read' })),
      user.username,
      ALICE_PASSWORD,
    );
    expect(asksForCode(page)).toBe(true);
    const scope = 'openid orders:read';
    const first = await tokensOf(await submitCode(alice, page, await codeOf(user.secret)), alice);
    expect(claimsOf(first['access_token'])).toMatchObject({ acr: '2', auth_time: expect.any(Number) });
    const again = responseOf(await alice.open(url({ scope, acr_values: '2 1' })));
    expect(again).toHaveProperty('code');
    expect(
      claimsOf((await tokensOf(await alice.open(url({ scope, acr_values: '1' })), alice))['id_token']),
    ).toMatchObject({
      acr: '1',
      amr: ['pwd', 'otp', 'mfa'],
    });
  });

  it('is asked for again when max_age has passed', async () => {
    const page = await browser.signIn(await browser.open(url()), user.username, ALICE_PASSWORD);
    await tokensOf(await submitCode(browser, page, await codeOf(user.secret)));
    await platform.database.query(`UPDATE sessions SET auth_time = now() - interval '10 minutes'`);
    const asked = await browser.open(url({ max_age: '300', acr_values: '2' }));
    expect(asked.text).toContain('id="login-form"');
    expect(asksForCode(await browser.signIn(asked, user.username, ALICE_PASSWORD))).toBe(true);
  });

  it('is told by introspection, of JWTs and opaque tokens', async () => {
    const page = await browser.signIn(
      await browser.open(url({ scope: 'openid orders:read' })),
      user.username,
      ALICE_PASSWORD,
    );
    const { access_token: jwt = '' } = await tokensOf(await submitCode(browser, page, await codeOf(user.secret)));
    const { access_token: opaque = '' } = await tokensOf(await browser.open(url({ scope: 'openid stock:read' })));
    expect([jwt.includes('.'), opaque.includes('.')]).toEqual([true, false]);
    const said = { active: true, acr: '2', amr: ['pwd', 'otp', 'mfa'], auth_time: expect.any(Number) };
    expect(await introspect(acme, jwt)).toMatchObject(said);
    expect(await introspect(acme, opaque)).toMatchObject(said);
  });
});

describe('OpenID Connect Core §5.5.1.1: an essential acr', () => {
  it('that nobody registered is refused', async () => {
    const claims = essential('urn:unknown');
    expect(responseOf(await browser.open(url({ claims })))).toMatchObject({
      error: 'unmet_authentication_requirements',
    });
  });

  it('that the user cannot meet is refused after the sign-in', async () => {
    const page = await browser.open(url({ claims: essential('phr') }, codes));
    const answered = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    expect(responseOf(answered)).toMatchObject({ error: 'unmet_authentication_requirements' });
    const elsewhere = new TestBrowser();
    const asked = await elsewhere.open(url({ claims: essential('2') }, off));
    expect(responseOf(await elsewhere.signIn(asked, 'alice', ALICE_PASSWORD))).toMatchObject({
      error: 'unmet_authentication_requirements',
    });
  });

  it.each(['2', 'phr'])('that the user can come to meet leads to setting up a factor: %s', async (value) => {
    const page = await browser.open(url({ claims: essential(value) }));
    const asked = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    expect([asked.text.includes('id="enrolment-choices"'), asked.text.includes('id="skip"')]).toEqual([true, false]);
  });

  it('as a wish is met as well as it can be', async () => {
    const page = await browser.open(url({ acr_values: 'phr urn:unknown' }, codes));
    const { id_token: token } = await tokensOf(await browser.signIn(page, 'alice', ALICE_PASSWORD), browser, codes);
    expect(claimsOf(token)).toMatchObject({ acr: '1', amr: ['pwd'] });
  });

  it('as a wish that the user can come to meet offers a factor, and goes on without', async () => {
    const page = await browser.open(url({ acr_values: 'phr urn:unknown' }));
    const offered = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    expect(offered.text).toContain('id="skip"');
    const { id_token: token } = await tokensOf(await browser.submit(offered, 'skip-form'));
    expect(claimsOf(token)).toMatchObject({ acr: '1', amr: ['pwd'] });
  });

  it('is not met by prompt=none', async () => {
    const page = await browser.signIn(await browser.open(url()), user.username, ALICE_PASSWORD);
    await tokensOf(await submitCode(browser, page, await codeOf(user.secret)));
    expect(responseOf(await browser.open(url({ prompt: 'none', claims: essential('2') })))).toHaveProperty('code');
    // A page would help: the person can add a passkey.
    expect(responseOf(await browser.open(url({ prompt: 'none', claims: essential('phr') })))).toMatchObject({
      error: 'interaction_required',
    });
    const elsewhere = new TestBrowser();
    await elsewhere.signIn(await elsewhere.open(`${codes.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
    expect(responseOf(await elsewhere.open(url({ prompt: 'none', claims: essential('phr') }, codes)))).toMatchObject({
      error: 'unmet_authentication_requirements',
    });
  });
});

describe('whoever knows the password alone', () => {
  const wishes = { 'a wish': { acr_values: 'phr' }, 'an essential claim': { claims: essential('phr') } };
  const asked = async (params: Record<string, string>) =>
    browser.signIn(await browser.open(url(params)), user.username, ALICE_PASSWORD);

  it.each(Object.entries(wishes))(
    'proves the second factor of the person first, whatever is asked for: %s',
    async (_, params) => {
      const page = await asked(params);
      expect(asksForCode(page)).toBe(true);
      const { request = '' } = formOf(page);
      for (const path of ['enrol', 'enrol-passkey', 'enrol-totp', 'skip']) {
        const elsewhere = await browser.open(`${acme.issuer}/second-factor/${path}?request=${request}`);
        expect([path, asksForCode(elsewhere)]).toEqual([path, true]);
      }
      const { csrf = '' } = formOf(page);
      for (const path of ['skip', 'enrol-passkey', 'enrol-passkey/options', 'enrol-totp']) {
        const form = encodeForm({ request, csrf });
        await browser.request('POST', `${acme.issuer}/second-factor/${path}`, form, {
          accept: 'text/html',
          'sec-fetch-site': 'same-origin',
        });
      }
      expect(asksForCode(await browser.open(`${acme.issuer}/authorize/resume?request=${request}`))).toBe(true);
      const { data } = await platform.operator.get<{ data: unknown[] }>(`/tenants/acme/passkeys?user_id=${user.id}`);
      expect(data).toEqual([]);
    },
  );

  it('does so where the values are those that the client registered', async () => {
    await platform.operator.patch('/tenants/acme/clients/other', { default_acr_values: ['phr'] });
    const page = await asked({ client_id: 'other' });
    expect(asksForCode(page)).toBe(true);
  });

  it('and a code is given to whoever proves it, after what was asked for was offered', async () => {
    const offered = await submitCode(browser, await asked({ acr_values: 'phr' }), await codeOf(user.secret));
    expect(offered.text).toContain('id="skip"');
    const { id_token: token } = await tokensOf(await browser.submit(offered, 'skip-form'));
    expect(claimsOf(token)).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
  });
});

describe('acr values', () => {
  it('are the tenant’s own, and discovery names them', async () => {
    const metadata = async (issuer: string) =>
      (await send(`${issuer}/.well-known/openid-configuration`)).json()['acr_values_supported'];
    expect(await metadata(acme.issuer)).toEqual(['1', '2', 'phr']);
    expect(await metadata(named.issuer)).toEqual(['urn:bank:low', 'urn:bank:high']);
  });

  it.each([[{ 'with space': 'one_factor' }], [{ x: 'three_factors' }], [['1']], ['1']])(
    '%j are refused by the management API',
    async (values) => {
      const answer = await platform.operator.request('PATCH', '/tenants/named', { policy: { acr_values: values } });
      expect([answer.status, answer.text.includes('/policy/acr_values')]).toEqual([400, true]);
    },
  );

  it('that a client registered stand in for those of a request', async () => {
    const change = { default_acr_values: ['2'], default_max_age: 3600 };
    const changed = await platform.operator.patch('/tenants/acme/clients/legacy', change);
    expect(changed).toMatchObject(change);
    const params = { client_id: 'legacy' };
    const page = await browser.open(url(params));
    expect((await browser.signIn(page, 'alice', ALICE_PASSWORD)).text).toContain('id="enrolment-choices"');
    await platform.database.query(`UPDATE sessions SET auth_time = now() - interval '2 hours'`);
    expect((await browser.open(url(params))).text).toContain('id="login-form"');
    expect((await browser.open(url({ ...params, max_age: '86400' }))).text).not.toContain('id="login-form"');
  });
});

describe('RFC 9700 §2.4: the password grant', () => {
  it('is refused for a user with a second factor, and says what to do', async () => {
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(
      '/tenants/acme/clients',
      {
        client_id: 'old-app',
        grant_types: ['password'],
        scope: 'openid',
      },
    );
    const ask = (username: string, password = ALICE_PASSWORD) =>
      postForm(
        `${acme.issuer}/token`,
        { grant_type: 'password', username, password, scope: 'openid' },
        { authorization: basic('old-app', secret) },
      );
    expect((await ask('alice')).status).toBe(200);
    const refused = (await ask(user.username)).json();
    expect(refused).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/second factor.*code flow/),
    });
    expect((await ask(user.username, 'wrong')).json()['error_description']).not.toMatch(/second factor/);
  });
});
