import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { basic, encodeForm, postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const ODD = { id: 'odd:client%20+@', secret: 'pa:ss%2B word&=+/~!$ and more' };
const POSTING = { id: 'posting', secret: 'a-secret-in-the-body-of-the-request' };
const GRANT = { grant_type: 'client_credentials', scope: 'orders:read' };

const register = (client_id: string, client_secret: string, method: string | null) =>
  platform.operator.create('/tenants/acme/clients', {
    client_id,
    client_secret,
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: method,
    scope: 'orders:read',
  });

beforeAll(async () => {
  await register(ODD.id, ODD.secret, 'client_secret_basic');
  await register(POSTING.id, POSTING.secret, 'client_secret_post');
});

function token(form: Parameters<typeof encodeForm>[0] | string, authorization?: string) {
  return postForm(`${acme.issuer}/token`, form, { authorization });
}

function rawBasic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

describe('RFC 6749 §2.3.1: HTTP Basic', () => {
  it('form-decodes identifier and secret, colons and plus signs included', async () => {
    expectTokens(await token(GRANT, basic(ODD.id, ODD.secret)));
  });

  it('takes a space as "+" and as "%20"', async () => {
    const encode = (text: string) => encodeURIComponent(text);
    expectTokens(await token(GRANT, rawBasic(`${encode(ODD.id)}:${encode(ODD.secret)}`)));
  });

  it('takes what was not encoded as it was sent, but for a colon in the identifier (RFC 7617 §2)', async () => {
    const raw = { id: 'raw+client%zz', secret: 'abcd+efgh%20ijkl+%zz-mnop' };
    await register(raw.id, raw.secret, 'client_secret_basic');
    expectTokens(await token(GRANT, rawBasic(`${raw.id}:${raw.secret}`)));
    expectTokens(await token({ ...GRANT, client_id: raw.id }, rawBasic(`${raw.id}:${raw.secret}`)));
    expectTokens(await token(GRANT, basic(raw.id, raw.secret)));
    expectOAuthError(await token(GRANT, rawBasic(`${raw.id}:${raw.secret} `)), 401, 'invalid_client');
    expectOAuthError(await token(GRANT, rawBasic(`${ODD.id}:${ODD.secret}`)), 401, 'invalid_client');
  });

  it('does not take the decoded form of one client for another one', async () => {
    await register('a%2Bb', 'the secret of the one with percent', 'client_secret_basic');
    await register('a+b', 'the secret of the one with plus', 'client_secret_basic');
    const as = async (id: string, secret: string) => (await token(GRANT, rawBasic(`${id}:${secret}`))).status;
    expect(await as('a%2Bb', 'the secret of the one with plus')).toBe(200);
    expect(await as('a%2Bb', 'the secret of the one with percent')).toBe(200);
    expect(await as('a+b', 'the secret of the one with percent')).toBe(401);
    expect(await as('a%252Bb', 'the secret of the one with plus')).toBe(401);
  });

  it('takes the scheme in any case (RFC 9110 §11.1)', async () => {
    const authorization = basic('machine', acme.secrets.machine).replace('Basic', 'bAsIC');
    expectTokens(await token(GRANT, authorization));
  });

  it('takes the same client_id in the body as well, and no other', async () => {
    const authorization = basic('machine', acme.secrets.machine);
    expectTokens(await token({ ...GRANT, client_id: 'machine' }, authorization));
    expectOAuthError(await token({ ...GRANT, client_id: 'web' }, authorization), 401, 'invalid_client');
  });

  it.each<[string, string]>([
    ['an unknown client', basic('nobody', 'x'.repeat(43))],
    ['a wrong secret', basic('machine', 'x'.repeat(43))],
    ['an empty secret', basic('machine', '')],
    ['an empty client', basic('', 'x'.repeat(43))],
    ['no colon', rawBasic('machine')],
    ['broken percent-encoding', rawBasic('machine:%zz')],
    ['NUL in the identifier', rawBasic('ma%00chine:x')],
    ['NUL as it is', rawBasic('machine\0:x')],
    ['NUL in the secret', rawBasic('machine:%00')],
    ['half a surrogate pair', rawBasic('%ED%A0%80:x')],
    ['an identifier that is no ASCII', rawBasic('mä:x')],
    ['an identifier longer than any', rawBasic(`${'m'.repeat(9000)}:x`)],
    ['two credentials', `${rawBasic('machine:x')}, ${rawBasic('web:x')}`],
    ['what is not base64', 'Basic ***'],
    ['nothing', 'Basic'],
    ['another scheme', 'Bearer abc'],
  ])('refuses %s with 401 and a challenge', async (_, authorization) => {
    expectOAuthError(await token(GRANT, authorization), 401, 'invalid_client');
  });

  it('answers an unknown client and a wrong secret with the same bytes', async () => {
    const [unknown, wrong] = [await token(GRANT, basic('nobody', 'x')), await token(GRANT, basic('machine', 'x'))];
    expect(unknown.text).toBe(wrong.text);
  });
});

describe('RFC 6749 §2.3.1: client_secret_post', () => {
  const body = { ...GRANT, client_id: POSTING.id, client_secret: POSTING.secret };

  it('takes identifier and secret from the body', async () => {
    expectTokens(await token(body));
  });

  it('refuses a wrong secret, and one without client_id', async () => {
    expectOAuthError(await token({ ...body, client_secret: 'x' }), 401, 'invalid_client');
    expectOAuthError(await token({ ...body, client_id: undefined }), 400, 'invalid_request');
  });

  it('never takes credentials from the query', async () => {
    const { client_secret, ...rest } = body;
    const url = `${acme.issuer}/token?${encodeForm({ client_secret })}`;
    expectOAuthError(await postForm(url, rest), 401, 'invalid_client');
    expectOAuthError(await postForm(`${acme.issuer}/token?${encodeForm(body)}`, ''), 401, 'invalid_client');
  });

  it('takes the registered method and no other', async () => {
    expectOAuthError(await token(GRANT, basic(POSTING.id, POSTING.secret)), 401, 'invalid_client');
    await register('basic', 'a-secret-for-the-header-alone', 'client_secret_basic');
    const other = { ...GRANT, client_id: 'basic', client_secret: 'a-secret-for-the-header-alone' };
    const refused = await token(other);
    expectOAuthError(refused, 401, 'invalid_client');
    expect(refused.json()['error_description']).toMatch(/registered for client_secret_basic.*client_secret_post/);
    expectOAuthError(await token({ ...GRANT, client_id: 'machine' }), 401, 'invalid_client');
  });

  it('is as good as Basic for a client that registered no method, at every endpoint', async () => {
    const secret = { client_id: 'machine', client_secret: acme.secrets.machine };
    const { access_token: value } = expectTokens(await token({ ...GRANT, ...secret }));
    for (const endpoint of ['introspect', 'revoke']) {
      const at = `${acme.issuer}/${endpoint}`;
      expect((await postForm(at, { ...secret, token: String(value) })).status).toBe(200);
      const authorization = basic('machine', acme.secrets.machine);
      expect((await postForm(at, { token: String(value) }, { authorization })).status).toBe(200);
      expectOAuthError(await postForm(at, { ...secret, client_secret: 'x', token: 'x' }), 401, 'invalid_client');
    }
    expect(await platform.operator.get('/tenants/acme/clients/machine')).toMatchObject({
      token_endpoint_auth_method: null,
    });
  });

  it('refuses a secret from a public client', async () => {
    const spa = { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'spa', client_secret: 'anything' };
    expectOAuthError(await token(spa), 401, 'invalid_client');
  });
});

describe('RFC 6749 §2.3.1: an empty secret is the same as none', () => {
  const refresh = { grant_type: 'refresh_token', refresh_token: 'x' };

  it('takes Basic with an empty password from a public client', async () => {
    expectOAuthError(await token(refresh, basic('spa', '')), 400, 'invalid_grant');
    expectOAuthError(await token({ ...refresh, client_id: 'spa' }, basic('spa', '')), 400, 'invalid_grant');
    expect((await postForm(`${acme.issuer}/revoke`, { token: 'x' }, { authorization: basic('spa', '') })).status).toBe(
      200,
    );
  });

  it('refuses any other password of a public client, and another client_id beside it', async () => {
    for (const secret of ['x', ' ', 'spa']) {
      expectOAuthError(await token(refresh, basic('spa', secret)), 401, 'invalid_client');
    }
    expectOAuthError(await token({ ...refresh, client_id: 'web' }, basic('spa', '')), 401, 'invalid_client');
  });

  it('refuses it from a client that has a secret, as it refuses an unknown client', async () => {
    const unknown = await token(GRANT, basic('nobody', ''));
    expectOAuthError(unknown, 401, 'invalid_client');
    for (const id of ['machine', POSTING.id, ODD.id, 'web']) {
      expect((await token(GRANT, basic(id, ''))).text).toBe(unknown.text);
      expectOAuthError(await token({ ...GRANT, client_id: id }, basic(id, '')), 401, 'invalid_client');
    }
  });

  it('counts as a method of its own beside a secret or an assertion', async () => {
    const secret = { ...GRANT, client_id: POSTING.id, client_secret: POSTING.secret };
    expectOAuthError(await token(secret, basic(POSTING.id, '')), 400, 'invalid_request');
  });
});

describe('RFC 6749 §2.3: one method per request', () => {
  it('refuses Basic beside client_secret_post, both right', async () => {
    const form = { ...GRANT, client_id: 'machine', client_secret: acme.secrets.machine };
    expectOAuthError(await token(form, basic('machine', acme.secrets.machine)), 400, 'invalid_request');
  });

  it('refuses a secret beside an assertion', async () => {
    const assertion = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'a.b.c',
    };
    const form = { ...GRANT, client_id: POSTING.id, client_secret: POSTING.secret, ...assertion };
    expectOAuthError(await token(form), 400, 'invalid_request');
  });

  it('asks a request without any for its credentials', async () => {
    expectOAuthError(await token(GRANT), 401, 'invalid_client');
  });
});

describe('two overlapping secrets', () => {
  it('takes both while one replaces the other, and only the new one once the old one is deleted', async () => {
    const at = '/tenants/acme/clients/rolling';
    await platform.operator.create('/tenants/acme/clients', {
      client_id: 'rolling',
      client_secret: 'the-secret-of-yesterday-0123456789',
      grant_types: ['client_credentials'],
      scope: 'orders:read',
    });
    const added = await platform.operator.create<{ client_secret: string }>(`${at}/secrets`, {});
    const [oldOne, newOne] = [
      basic('rolling', 'the-secret-of-yesterday-0123456789'),
      basic('rolling', added.client_secret),
    ];
    expectTokens(await token(GRANT, oldOne));
    expectTokens(await token(GRANT, newOne));
    await platform.database.query(
      `UPDATE client_secrets SET expires_at = now() WHERE client_id = 'rolling' AND created_at =
         (SELECT min(created_at) FROM client_secrets WHERE client_id = 'rolling')`,
    );
    await platform.operator.patch(at, { client_name: 'Rolling' });
    expectOAuthError(await token(GRANT, oldOne), 401, 'invalid_client');
    expectTokens(await token(GRANT, newOne));
  });
});
