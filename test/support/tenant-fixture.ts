import { createHash, randomBytes } from 'node:crypto';
import { type HttpAnswer, basic, encodeForm, postForm, send } from './http.js';
import { type Page, TestBrowser } from './browser.js';
import type { Platform } from './platform.js';

export const ALICE_PASSWORD = 'correct horse battery staple';
export const WEB_REDIRECT = 'https://rp.test/cb';
export const SPA_REDIRECT = 'https://spa.test/cb';
export const NATIVE_REDIRECT = 'http://127.0.0.1/cb';

export type TokenAnswer = Record<string, string> & { expires_in: number };

/** A tenant with clients, an API and a user: in every tenant the same names, and different secrets. */
export interface TenantFixture {
  readonly id: string;
  readonly slug: string;
  /** At its path. */
  readonly issuer: string;
  /** At its host. */
  readonly hostIssuer: string;
  readonly api: string;
  readonly opaqueApi: string;
  readonly aliceId: string;
  readonly secrets: Readonly<Record<'web' | 'other' | 'machine' | 'legacy' | 'orders-api', string>>;
}

const OPENID = 'openid profile email address phone offline_access';
const API_SCOPES = 'orders:read orders:write';

export async function createTenant(
  platform: Pick<Platform, 'operator'>,
  slug: string,
  policy: object = {},
): Promise<TenantFixture> {
  const { operator } = platform;
  const tenant = await operator.create<{ id: string; issuer: string; addresses: string[] }>('/tenants', {
    slug,
    display_name: `Tenant ${slug}`,
    policy,
  });
  const at = `/tenants/${slug}`;
  const api = `https://api.${slug}.test`;
  const opaqueApi = `https://opaque.${slug}.test`;
  const scopes = [
    { name: 'orders:read', description: 'See orders' },
    { name: 'orders:write', description: 'Change orders' },
  ];
  await operator.create(`${at}/apis`, {
    identifier: api,
    display_name: 'Orders',
    scopes,
    access_token_format: 'jwt',
    introspection_client_ids: ['orders-api'],
  });
  await operator.create(`${at}/apis`, {
    identifier: opaqueApi,
    display_name: 'Stock',
    scopes: [{ name: 'stock:read', description: 'See stock' }],
    access_token_format: 'opaque',
    introspection_client_ids: ['orders-api'],
  });
  const secretOf = async (client: Record<string, unknown>) => {
    const created = await operator.create<{ client_secret?: string }>(`${at}/clients`, client);
    return created.client_secret ?? '';
  };
  const web = {
    client_id: 'web',
    client_name: 'Web',
    redirect_uris: [WEB_REDIRECT],
    post_logout_redirect_uris: ['https://rp.test/out'],
    grant_types: ['authorization_code', 'refresh_token'],
    scope: `${OPENID} ${API_SCOPES} stock:read`,
  };
  const secrets = {
    web: await secretOf(web),
    other: await secretOf({ ...web, client_id: 'other', client_name: 'Other' }),
    legacy: await secretOf({ ...web, client_id: 'legacy', client_name: 'Legacy', require_pkce: false }),
    machine: await secretOf({
      client_id: 'machine',
      grant_types: ['client_credentials'],
      scope: `${API_SCOPES} stock:read`,
    }),
    'orders-api': await secretOf({ client_id: 'orders-api', grant_types: ['client_credentials'] }),
  };
  await secretOf({
    ...web,
    client_id: 'spa',
    client_name: 'Single page',
    application_type: 'browser',
    redirect_uris: [SPA_REDIRECT],
    token_endpoint_auth_method: 'none',
  });
  await secretOf({
    ...web,
    client_id: 'native',
    client_name: 'Native',
    application_type: 'native',
    redirect_uris: [NATIVE_REDIRECT],
    token_endpoint_auth_method: 'none',
  });
  const alice = await operator.create<{ id: string }>(`${at}/users`, {
    username: 'alice',
    password: ALICE_PASSWORD,
    email: `alice@${slug}.test`,
    email_verified: true,
    name: 'Alice Archer',
  });
  const [issuer = '', hostIssuer = ''] = tenant.addresses;
  return { id: tenant.id, slug, issuer, hostIssuer, api, opaqueApi, aliceId: alice.id, secrets };
}

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function pkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export type AuthorizeParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The address of an authorization request; parameters that are undefined are left out. */
export function authorizeUrl(issuer: string, params: AuthorizeParams): string {
  const defaults = {
    client_id: 'web',
    redirect_uri: WEB_REDIRECT,
    response_type: 'code',
    scope: 'openid',
    state: 's1',
  };
  return `${issuer}/authorize?${encodeForm({ ...defaults, ...params })}`;
}

/** What the client receives: the parameters of the redirect, from query or fragment. */
export function responseOf(page: HttpAnswer): Record<string, string> {
  const location = page.headers.location ?? '';
  const url = new URL(location);
  const params = url.hash === '' ? url.searchParams : new URLSearchParams(url.hash.slice(1));
  return Object.fromEntries(params);
}

/** Goes through sign-in and consent as far as they are asked for. */
export async function authorize(
  issuer: string,
  params: AuthorizeParams = {},
  browser = new TestBrowser(),
  password = ALICE_PASSWORD,
): Promise<Page> {
  let page = await browser.open(authorizeUrl(issuer, params));
  if (page.text.includes('id="login-form"')) page = await browser.signIn(page, 'alice', password);
  if (page.text.includes('id="consent-approve"')) page = await browser.decide(page, 'approve');
  return page;
}

/** A code for `web` with PKCE. */
export async function getCode(
  issuer: string,
  params: AuthorizeParams = {},
  browser = new TestBrowser(),
): Promise<{ code: string; verifier: string }> {
  const { verifier, challenge } = pkce();
  const page = await authorize(
    issuer,
    { code_challenge: challenge, code_challenge_method: 'S256', ...params },
    browser,
  );
  const { code } = responseOf(page);
  if (code === undefined) throw new Error(`No code: ${page.status} ${page.headers.location ?? page.text}`);
  return { code, verifier };
}

/** Code and exchange in one: tokens for `web`. */
export async function getTokens(
  tenant: TenantFixture,
  params: AuthorizeParams = {},
  browser = new TestBrowser(),
): Promise<TokenAnswer> {
  const { code, verifier } = await getCode(tenant.issuer, params, browser);
  const answer = await redeem(tenant, { code, code_verifier: verifier });
  if (answer.status !== 200) throw new Error(`No tokens: ${answer.text}`);
  return answer.json<TokenAnswer>();
}

export function redeem(
  tenant: TenantFixture,
  form: Readonly<Record<string, string | undefined>>,
  client: 'web' | 'other' | 'legacy' = 'web',
): Promise<HttpAnswer> {
  return postForm(
    `${tenant.issuer}/token`,
    { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, ...form },
    { authorization: basic(client, tenant.secrets[client]) },
  );
}

/** Tokens for the public client `spa`. */
export async function getSpaTokens(
  tenant: TenantFixture,
  params: AuthorizeParams = {},
  browser = new TestBrowser(),
): Promise<TokenAnswer> {
  const spa = { client_id: 'spa', redirect_uri: SPA_REDIRECT };
  const request = { ...spa, scope: 'openid offline_access', ...params };
  const { code, verifier } = await getCode(tenant.issuer, request, browser);
  const form = { grant_type: 'authorization_code', ...spa, code, code_verifier: verifier };
  const answer = await postForm(`${tenant.issuer}/token`, form);
  if (answer.status !== 200) throw new Error(`No tokens: ${answer.text}`);
  return answer.json<TokenAnswer>();
}

export function refresh(tenant: TenantFixture, refreshToken: string, form: Record<string, string> = {}) {
  return postForm(`${tenant.issuer}/token`, {
    grant_type: 'refresh_token',
    client_id: 'spa',
    refresh_token: refreshToken,
    ...form,
  });
}

export function clientCredentials(tenant: TenantFixture, form: Record<string, string> = {}, issuer = tenant.issuer) {
  return postForm(
    `${issuer}/token`,
    { grant_type: 'client_credentials', ...form },
    { authorization: basic('machine', tenant.secrets.machine) },
  );
}

export async function introspect(
  tenant: TenantFixture,
  token: string,
  client: keyof TenantFixture['secrets'] = 'web',
): Promise<Record<string, unknown>> {
  const authorization = basic(client, tenant.secrets[client]);
  return (await postForm(`${tenant.issuer}/introspect`, { token }, { authorization })).json();
}

export function userinfo(issuer: string, accessToken: string): Promise<HttpAnswer> {
  return send(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
}
