import { beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

const platform = givenPlatform();
let id: string;

beforeAll(async () => {
  id = (await platform.operator.create<{ id: string }>('/tenants', { slug: 'acme', display_name: 'Acme' })).id;
});

describe('POST /tenants', () => {
  it('answers 201 with the tenant, its addresses, its location and its version', async () => {
    const body = { slug: 'fresh', display_name: 'Fresh & Co', policy: { require_pkce: false } };
    const answer = await platform.operator.request('POST', '/tenants', body);
    expect(answer.status).toBe(201);
    const tenant = answer.json<{ id: string; effective_policy: object }>();
    const port = new URL(platform.url).port;
    expect(tenant).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      slug: 'fresh',
      display_name: 'Fresh & Co',
      status: 'active',
      issuer: `${platform.url}/t/fresh`,
      addresses: [`${platform.url}/t/fresh`, `http://fresh.localhost:${port}`],
      former_slugs: [],
      policy: { require_pkce: false },
      effective_policy: expect.objectContaining({
        require_pkce: false,
        access_token_signing_alg: 'ES256',
        id_token_signing_alg: 'RS256',
        password_min_length: 15,
      }),
      branding: {},
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(answer.headers.location).toBe(`/api/v1/tenants/${tenant.id}`);
    expect(answer.headers.etag).toBe('"v1"');
    const found = await platform.operator.request('GET', String(answer.headers.location).slice('/api/v1'.length));
    expect(found.json()).toEqual(tenant);
  });

  it('makes a tenant that works at once: keys and discovery', async () => {
    await platform.operator.create('/tenants', { slug: 'at-once', display_name: 'At once' });
    const jwks = (await send(`${platform.url}/t/at-once/jwks`)).json<{ keys: { alg: string }[] }>();
    expect(jwks.keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'ES256', 'RS256', 'RS256']);
  });

  it.each(['system', 't', 'api', 'health', 'www', 'admin', 'console', 'mail', 'xn--80ak6aa92e'])(
    'refuses the slug %s, which means something else in an address',
    async (slug) => {
      const answer = await platform.operator.request('POST', '/tenants', { slug, display_name: 'X' });
      expectInvalid(answer, '/slug');
      expect(answer.text).toMatch(/is reserved|must not have hyphens/);
    },
  );

  it('refuses a slug that is taken', async () => {
    const answer = await platform.operator.request('POST', '/tenants', { slug: 'acme', display_name: 'Again' });
    expect(expectProblem(answer, 409, 'conflict').errors).toEqual([{ pointer: '/slug', detail: 'is taken' }]);
  });

  it.each(['', 'Acme', 'a b', '-a', 'a-', 'ä', 'a.b', 'a'.repeat(64), '01900000-0000-7000-8000-000000000000'])(
    'refuses the slug %j',
    async (slug) => {
      expectInvalid(await platform.operator.request('POST', '/tenants', { slug, display_name: 'X' }), '/slug');
    },
  );

  it('names every member that is wrong', async () => {
    const body = { slug: 'Bad', policy: { access_token_lifetime_seconds: 1, magic: true }, colour: 'red' };
    const answer = await platform.operator.request('POST', '/tenants', body);
    const problem = expectInvalid(
      answer,
      ...['/colour', '/slug', '/display_name', '/policy/magic', '/policy/access_token_lifetime_seconds'],
    );
    expect(problem.errors?.[3]?.detail).toBe('magic is not a known member');
  });

  it.each(['ES256', null])('says what replaced signing_alg (%j)', async (alg) => {
    const body = { slug: 'former', display_name: 'Former', policy: { signing_alg: alg } };
    const problem = expectInvalid(await platform.operator.request('POST', '/tenants', body), '/policy/signing_alg');
    expect(problem.detail).toBe('signing_alg was replaced by access_token_signing_alg and id_token_signing_alg');
  });

  it.each(['access_token_signing_alg', 'id_token_signing_alg'])(
    'takes for %s what it can sign with',
    async (member) => {
      for (const alg of ['none', 'HS256', 'es256', '', 256, ['ES256']]) {
        const body = { slug: 'bad-alg', display_name: 'X', policy: { [member]: alg } };
        expectInvalid(await platform.operator.request('POST', '/tenants', body), `/policy/${member}`);
      }
    },
  );
});

describe('GET /tenants/{tenant}', () => {
  it('takes the id or the slug', async () => {
    const bySlug = await platform.operator.get<{ id: string }>('/tenants/acme');
    expect(bySlug.id).toBe(id);
    expect(await platform.operator.get(`/tenants/${id}`)).toEqual(bySlug);
  });

  it.each(['nobody', '01900000-0000-7000-8000-000000000000', 'ACME', 'a%00b', '%2e%2e', 'x'.repeat(300), "'--"])(
    'answers 404 for %s',
    async (name) => {
      expectProblem(await platform.operator.request('GET', `/tenants/${name}`), 404, 'not-found');
    },
  );
});

describe('PATCH /tenants/{tenant}', () => {
  it('merges: absent members stay, null goes back to the default', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { require_pkce: false, password_min_length: 20 } });
    const changed = await platform.operator.patch('/tenants/acme', { policy: { require_pkce: null } });
    expect(changed['policy']).toEqual({ password_min_length: 20 });
    expect(changed['effective_policy']).toMatchObject({ require_pkce: 'or_nonce', password_min_length: 20 });
    expect(changed['display_name']).toBe('Acme');
    expect((await platform.operator.patch('/tenants/acme', { policy: null }))['policy']).toEqual({});
  });

  it('lets passwords be shorter than 15 only while a second factor is required, whichever changes last', async () => {
    const change = (policy: object) =>
      platform.operator.request('PATCH', '/tenants/acme', { policy }, { 'if-match': '*' });
    const refusals = [{ password_min_length: 14 }, { password_min_length: 8, second_factor: 'offered' }];
    const later = { second_factor: 'required', second_factor_required_from: '2999-01-01', password_min_length: 8 };
    for (const policy of [...refusals, later]) {
      const { detail } = expectInvalid(await change(policy), '/policy/password_min_length');
      expect(detail).toContain('only while second_factor is "required"');
    }
    expect((await change({ password_min_length: 8, second_factor: 'required' })).status).toBe(200);
    for (const policy of [
      { second_factor: 'optional' },
      { second_factor: null },
      { second_factor_required_from: '2999-01-01' },
    ]) {
      expectInvalid(await change(policy), '/policy/password_min_length');
    }
    expect((await change({ access_token_lifetime_seconds: 300 })).status).toBe(200);
    expect((await change({ second_factor: 'optional', password_min_length: null })).status).toBe(200);
    expect((await change({ password_min_length: 7, second_factor: 'required' })).status).toBe(400);
    expect((await platform.operator.patch('/tenants/acme', { policy: null }))['policy']).toEqual({});
  });

  it('merges the texts of the branding by language and member', async () => {
    const texts = { de: { sign_in_title: 'Guten Tag', footer_text: 'Fuss' }, en: { sign_in_title: 'Hello' } };
    await platform.operator.patch('/tenants/acme', { branding: { primary_color: '#0a7d5a', texts } });
    const patch = { branding: { texts: { de: { footer_text: null }, en: null } } };
    const { branding } = await platform.operator.patch<{ branding: object }>('/tenants/acme', patch);
    expect(branding).toEqual({ primary_color: '#0a7d5a', texts: { de: { sign_in_title: 'Guten Tag' } } });
  });

  it('takes application/merge-patch+json', async () => {
    const headers = { 'content-type': 'application/merge-patch+json; charset=utf-8', 'if-match': '*' };
    const answer = await platform.operator.request('PATCH', '/tenants/acme', { display_name: 'Acme Inc' }, headers);
    expect([answer.status, answer.json()['display_name']]).toEqual([200, 'Acme Inc']);
  });

  it.each([
    [{ display_name: null }, '/display_name'],
    [{ display_name: '' }, '/display_name'],
    [{ status: null }, '/status'],
    [{ status: 'deleted' }, '/status'],
    [{ slug: 'New' }, '/slug'],
    [{ policy: [] }, '/policy'],
    [{ policy: [{ require_pkce: false }] }, '/policy'],
    [{ policy: 'lax' }, '/policy'],
    [{ policy: { require_pkce: 'no' } }, '/policy/require_pkce'],
    [{ policy: { password_min_length: 8 } }, '/policy/password_min_length'],
    [{ policy: { access_token_lifetime_seconds: 60.5 } }, '/policy/access_token_lifetime_seconds'],
    [{ branding: { primary_color: 'red' } }, '/branding/primary_color'],
    [{ branding: { logo: 'data:image/svg+xml;base64,AAAA' } }, '/branding/logo'],
    [{ branding: { logo: 'data:image/png;base64,AAAA' } }, '/branding/logo'],
    [{ branding: { logo: 'data:image/png;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==' } }, '/branding/logo'],
    [{ branding: { logo: 'data:text/html;base64,PHNjcmlwdD4=' } }, '/branding/logo'],
    [{ branding: { logo: 'https://canary.test/logo.png' } }, '/branding/logo'],
    [{ branding: { primary_color: '#fff}</style><script>alert(1)</script>' } }, '/branding/primary_color'],
    [{ branding: { primary_color_dark: 'url(https://canary.test)' } }, '/branding/primary_color_dark'],
    [{ branding: { background_color: 'expression(alert(1))' } }, '/branding/background_color'],
    [{ branding: { terms_uri: 'data:text/html,x' } }, '/branding/terms_uri'],
    [{ branding: { support_uri: '//canary.test' } }, '/branding/support_uri'],
    [{ branding: { support_uri: 'https://user:word@canary.test' } }, '/branding/support_uri'],
    [{ branding: { default_locale: '"><svg>' } }, '/branding/default_locale'],
    [{ branding: { custom_css: '@import url(https://canary.test)' } }, '/branding/custom_css'],
    [{ branding: { privacy_uri: 'javascript:alert(1)' } }, '/branding/privacy_uri'],
    [{ branding: { texts: { tlh: {} } } }, '/branding/texts/tlh'],
    [{ branding: { texts: { de: [] } } }, '/branding/texts/de'],
    [{ branding: { texts: { de: { sign_in_title: 7 } } } }, '/branding/texts/de/sign_in_title'],
    [{ branding: { texts: { de: { html: '<b>' } } } }, '/branding/texts/de/html'],
  ])('refuses %j', async (body, pointer) => {
    expectInvalid(await platform.operator.request('PATCH', '/tenants/acme', body, { 'if-match': '*' }), pointer);
  });
});

describe('status', () => {
  it('suspends without If-Match; the tenant is gone for its users and there for the operator', async () => {
    await platform.operator.create('/tenants', { slug: 'paused', display_name: 'Paused' });
    const answer = await platform.operator.request('PATCH', '/tenants/paused', { status: 'suspended' });
    expect([answer.status, answer.json()['status']]).toEqual([200, 'suspended']);
    expect((await send(`${platform.url}/t/paused/.well-known/openid-configuration`)).status).toBe(404);
    await platform.operator.create('/tenants/paused/users', { username: 'ada' });
    await platform.operator.patch('/tenants/paused', { status: 'active' });
    expect((await send(`${platform.url}/t/paused/.well-known/openid-configuration`)).status).toBe(200);
  });

  it('deletes a suspended tenant only, when it is to be at once', async () => {
    const { id: doomed } = await platform.operator.create('/tenants', { slug: 'doomed', display_name: 'Doomed' });
    expectProblem(await platform.operator.request('DELETE', '/tenants/doomed?immediately=true'), 409, 'conflict');
    await platform.operator.patch('/tenants/doomed', { status: 'suspended' });
    expect((await platform.operator.request('DELETE', '/tenants/doomed?immediately=true')).status).toBe(200);
    expectProblem(await platform.operator.request('GET', `/tenants/${String(doomed)}`), 404, 'not-found');
  });

  it.each([
    ['PATCH', { status: 'suspended' }],
    ['DELETE', undefined],
  ])('protects the tenant system from %s %j', async (method, body) => {
    expectProblem(await platform.operator.request(method, '/tenants/system', body), 409, 'conflict');
  });
});
