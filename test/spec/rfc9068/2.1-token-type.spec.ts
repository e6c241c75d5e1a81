import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload, decodeJwt, decodeProtectedHeader } from 'jose';
import { basic, postForm, send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { expectInvalid } from '../../support/problems.js';
import { signAsTenant } from '../../support/sign-as-tenant.js';
import { getTokens, introspect, userinfo } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let at: string;

const typOf = (token: unknown) => decodeProtectedHeader(String(token)).typ;
const setTyp = (typ: string | null) => platform.operator.patch(at, { access_token_typ: typ });
const newTokens = () => getTokens(acme, { scope: 'openid orders:read' });

beforeAll(async () => {
  const { data } = await platform.operator.get<{ data: { id: string; identifier: string }[] }>('/tenants/acme/apis');
  at = `/tenants/acme/apis/${data.find(({ identifier }) => identifier === acme.api)?.id}`;
});

async function isRefused(token: string): Promise<void> {
  expect(await introspect(acme, token)).toEqual({ active: false });
  expect((await userinfo(acme.issuer, token)).status).toBe(401);
  const headers = { authorization: `Bearer ${token}` };
  expect((await send(`${platform.url}/api/v1/tenants`, { headers })).status).toBe(401);
}

describe('RFC 9068 §2.1: the type of access tokens', () => {
  it('is at+jwt unless the API says JWT, and both are taken everywhere', async () => {
    expect(await platform.operator.get(at)).toMatchObject({ access_token_typ: 'at+jwt' });
    const before = String((await newTokens())['access_token']);
    expect(typOf(before)).toBe('at+jwt');
    expect(await setTyp('JWT')).toMatchObject({ access_token_typ: 'JWT' });
    const token = String((await newTokens())['access_token']);
    expect(typOf(token)).toBe('JWT');
    for (const good of [before, token]) {
      expect(await introspect(acme, good)).toMatchObject({ active: true, client_id: 'web' });
      expect((await userinfo(acme.issuer, good)).status).toBe(200);
    }
    const revocation = await postForm(
      `${acme.issuer}/revoke`,
      { token },
      { authorization: basic('web', acme.secrets.web) },
    );
    expect(revocation.status).toBe(200);
    await isRefused(token);
  });

  it('is that of one API of one tenant', async () => {
    await setTyp('JWT');
    expect(typOf((await getTokens(acme))['access_token'])).toBe('at+jwt');
    expect(typOf((await getTokens(globex, { scope: 'openid orders:read' }))['access_token'])).toBe('at+jwt');
    const claims = decodeJwt(String((await getTokens(globex, { scope: 'openid orders:read' }))['access_token']));
    const forged = await signAsTenant(platform, globex, claims, { typ: 'JWT' });
    expect((await userinfo(globex.issuer, forged)).status).toBe(401);
  });

  it('is JWT only while the API has it', async () => {
    await setTyp('JWT');
    const token = String((await newTokens())['access_token']);
    expect(await setTyp(null)).toMatchObject({ access_token_typ: 'at+jwt' });
    await isRefused(token);
  });

  it.each(['at+JWT', 'jwt', '', 'application/at+jwt', 7, ['JWT']])('cannot be %j', async (typ) => {
    const body = { identifier: 'https://other.test', display_name: 'X', access_token_typ: typ };
    expectInvalid(await platform.operator.request('POST', '/tenants/acme/apis', body), '/access_token_typ');
  });
});

describe('RFC 8725 §3.11: where an API has access tokens of the type JWT', () => {
  beforeAll(() => setTyp('JWT'));

  it('an ID token is no access token, with claims of the user or without', async () => {
    for (const slim of [false, true]) {
      await platform.operator.patch('/tenants/acme/clients/web', { slim_id_token: slim });
      await isRefused(String((await getTokens(acme, { scope: 'openid profile email orders:read' }))['id_token']));
    }
  });

  it('what is in an ID token is no access token, whatever type and audience it had', async () => {
    const claims = decodeJwt(String((await newTokens())['id_token']));
    for (const typ of [undefined, 'JWT', 'at+jwt']) {
      for (const aud of ['web', acme.api, acme.issuer, [acme.api, acme.issuer]]) {
        const header = typ === undefined ? {} : { typ };
        await isRefused(await signAsTenant(platform, acme, { ...claims, aud }, header));
      }
    }
  });

  it('what is in an access token is one only under that type, and only for that API', async () => {
    const claims = decodeJwt(String((await newTokens())['access_token']));
    const sign = (changes: JWTPayload, header: object) =>
      signAsTenant(platform, acme, { ...claims, ...changes }, header);
    expect(await introspect(acme, await sign({}, { typ: 'JWT' }))).toMatchObject({ active: true });
    await isRefused(await sign({}, {}));
    await isRefused(await sign({ aud: acme.issuer }, { typ: 'JWT' }));
    await isRefused(await sign({ aud: [acme.opaqueApi, acme.issuer] }, { typ: 'JWT' }));
    await isRefused(await sign({ aud: `${platform.url}/api` }, { typ: 'JWT' }));
  });

  it('an access token says to nobody who signs in or out', async () => {
    const token = String((await newTokens())['access_token']);
    const forged = await signAsTenant(platform, acme, { ...decodeJwt(token), aud: 'web' }, { typ: 'JWT' });
    for (const hint of [token, forged]) {
      const query = `id_token_hint=${hint}&post_logout_redirect_uri=https://rp.test/out`;
      const answer = await send(`${acme.issuer}/end-session?${query}`);
      expect(answer.headers.location ?? '').not.toContain('https://rp.test/out');
    }
  });
});
