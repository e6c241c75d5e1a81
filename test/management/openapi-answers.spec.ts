import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ACME_LOGO } from '../../src/demo/assets/acme.logo.js';
import { newDeveloper } from '../developers/developer-fixture.js';
import { ApiDocument } from '../support/api-document.js';
import { type HttpAnswer, send } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import { givenPlatform } from '../support/given.js';
import { givenUserWithApp } from '../support/second-factor.js';
import { TestBrowser } from '../support/browser.js';
import { ALICE_PASSWORD, createTenant, getTokens, type TenantFixture } from '../support/tenant-fixture.js';

const platform = givenPlatform();
let document: ApiDocument;
let acme: TenantFixture;
const visited = new Set<string>();

beforeAll(async () => {
  document = new ApiDocument((await send(`${platform.url}/api/v1/openapi.json`)).json());
  acme = await createTenant(platform, 'acme');
  await getTokens(acme, { scope: 'openid orders:read' });
});

interface Written {
  readonly id: string;
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>> | null;
}

/** The newest of what callers of the API did. Older events may go meanwhile, with a tenant that was deleted. */
async function lastWrite(): Promise<Written | undefined> {
  const rows = await platform.database.query<Written & Record<string, unknown>>(
    'SELECT id, type, details FROM audit_events WHERE actor IS NOT NULL ORDER BY id DESC LIMIT 1',
  );
  return rows[0];
}

/** By operation: which of `before` and `after` the events of its writes have. */
const shown = new Map<string, Set<string>>();
const TELLING = ['before', 'after'];

function keepShown(operationId: string, { details }: Written): void {
  const names = TELLING.filter((name) => details?.[name] !== undefined).join(' and ');
  shown.set(operationId, (shown.get(operationId) ?? new Set()).add(names));
  const values = JSON.stringify(TELLING.map((name) => details?.[name]));
  expect([operationId, values]).toEqual([
    operationId,
    expect.not.stringMatching(/"(secret|client_secret|password|logo)"|whsec_|argon/),
  ]);
}

/** What is done without changing anything that is shown; and what is forgotten with whom it was about. */
const SHOW_NOTHING = [
  ...['mailSetPassword', 'sendPasswordResetMail', 'sendTestMail', 'testWebhook', 'replayDelivery', 'replayEvents'],
  ...['createBrandingPreview', 'deleteUser', 'deleteTenant'],
];
const SHOW_BEFORE =
  /^(delete|take|remove|discard)|^(withdrawConsent|withdrawInvitation|resetUserFactor|endFormerSlug|withdrawUserDeletion|endUserSessions?)$/;
const SHOW_AFTER = /^(create|give|add)/;

function expectedOf(operationId: string): string {
  if (SHOW_NOTHING.includes(operationId)) return '';
  if (SHOW_BEFORE.test(operationId)) return 'before';
  return SHOW_AFTER.test(operationId) ? 'after' : 'before and after';
}

/** Sends a request, and holds the answer against its description. */
async function call(
  method: string,
  path: string,
  body?: object,
  headers = {},
  by = platform.operator,
): Promise<HttpAnswer> {
  const operation = document.find(method, path);
  const before = await lastWrite();
  const answer = await by.request(method, path, body, headers);
  expect(document.findFaults(operation, answer)).toEqual([]);
  if (method !== 'GET' && answer.status < 300 && answer.headers['idempotent-replayed'] === undefined) {
    // It is recorded in the transaction of the write.
    const written = await lastWrite();
    const recorded = written?.id !== before?.id;
    if (recorded && written) keepShown(operation.operationId, written);
    expect([operation.operationId, recorded ? 'is recorded' : 'is not recorded']).toContain('is recorded');
  }
  if (answer.status < 300) visited.add(operation.operationId);
  return answer;
}

const AT = '/tenants/acme';
/** RFC 8037 appendix A.2. */
const ED25519_X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const ANY = { 'if-match': '*' };

/** Makes, reads, changes and removes one of a kind. */
async function live(path: string, body: object, { change, member = 'id' }: { change: object; member?: string }) {
  const made = await call('POST', path, body, { 'idempotency-key': randomUUID() });
  expect(made.status).toBe(201);
  const own = `${path}/${String(made.json()[member])}`;
  const { etag } = (await call('GET', own)).headers;
  expect((await call('GET', own, undefined, { 'if-none-match': etag })).status).toBe(304);
  expect((await call('PATCH', own, change, ANY)).status).toBe(200);
  await call('GET', `${path}?limit=1`);
  for (const wrong of ['"v0"', etag])
    expect((await call('PATCH', own, change, { 'if-match': wrong })).status).toBe(412);
  expect((await call('PATCH', own, { unknown: 1 }, ANY)).status).toBe(400);
  return own;
}

describe('answers are as they are described', () => {
  it('for tenants', async () => {
    const own = await live(
      '/tenants',
      { slug: 'globex', display_name: 'Globex', policy: { access_token_signing_alg: 'EdDSA' } },
      {
        change: {
          status: 'suspended',
          branding: { logo: ACME_LOGO, primary_color: '#0A7D5A', texts: { de: { footer_text: 'Fuss' } } },
        },
      },
    );
    expect((await call('PATCH', own, { display_name: 'X' })).status).toBe(428);
    expect((await call('GET', `${own}/readiness`)).json()['ready']).toBe(false);
    const invited = { slug: 'initech', display_name: 'Initech', admin: { email: 'ada@initech.test' } };
    expect((await call('POST', '/tenants', invited)).json()).toHaveProperty('readiness');
    const scheduled = (await call('POST', `${own}/deletion`, { after_days: 3 })).json();
    expect((await call('GET', `${own}/deletion`)).status).toBe(200);
    expect((await call('GET', own)).json()['deletion_id']).toBe(scheduled['id']);
    expect((await call('DELETE', own)).status).toBe(409);
    expect((await call('DELETE', `${own}/deletion`)).status).toBe(204);
    expect((await call('GET', `${own}/deletion`)).status).toBe(404);
    const { id } = (await call('DELETE', `${own}?immediately=true`)).json();
    expect((await call('GET', `/tenants/deletions/${String(id)}`)).json()['status']).toBe('destroyed');
    expect((await call('GET', '/tenants/deletions?limit=1')).status).toBe(200);
    expect((await call('GET', own)).status).toBe(404);
    expect((await call('POST', '/tenants', { slug: 'acme', display_name: 'Again' })).status).toBe(409);
  });

  it('for clients and their secrets', async () => {
    const web = { redirect_uris: ['https://rp.test/cb'], client_uri: 'https://rp.test', contacts: ['a@rp.test'] };
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: ED25519_X }] };
    const change = { jwks, software_id: 's', require_pkce: false, id_token_signed_response_alg: 'RS256' };
    const own = await live(`${AT}/clients`, web, { change, member: 'client_id' });
    const secret = await call('POST', `${own}/secrets`);
    expect((await call('POST', `${own}/secrets`)).status).toBe(409);
    expect((await call('DELETE', `${own}/secrets/${String(secret.json()['id'])}`)).status).toBe(204);
    expect((await call('DELETE', own)).status).toBe(204);
    const spa = { redirect_uris: ['https://rp.test/cb'], token_endpoint_auth_method: 'none' };
    expect((await call('POST', `${AT}/clients`, spa)).status).toBe(201);
  });

  it('for access grants', async () => {
    const reason = 'To see the answer.';
    expect((await call('POST', `${AT}/access-grants`, { reason })).status).toBe(409);
    expect((await call('POST', '/tenants', { slug: 'gated', display_name: 'Gated' })).status).toBe(201);
    const admin = await adminOf(platform, 'gated', 'tenants:write');
    expect((await call('PATCH', '/tenants/gated', { policy: { operator_access: 'by_approval' } }, ANY)).status).toBe(
      200,
    );
    expect((await call('GET', '/tenants/gated/users')).status).toBe(403);
    const made = await call('POST', '/tenants/gated/access-grants', { reason, ticket: 'T-1', reach: ['secrets'] });
    const own = `/tenants/gated/access-grants/${String(made.json()['id'])}`;
    expect((await call('POST', `${own}/approve`)).status).toBe(403);
    expect((await call('POST', `${own}/approve`, undefined, {}, admin)).status).toBe(200);
    expect((await call('GET', own)).status).toBe(200);
    expect((await call('GET', '/tenants/gated/access-grants?limit=1')).status).toBe(200);
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('for quotas', async () => {
    const quotas = { users: 0, sign_ins: { limit: 5, per: 'second' }, apis: 'unlimited' };
    expect((await call('PATCH', `${AT}/quotas`, quotas, ANY)).status).toBe(200);
    expect((await call('GET', `${AT}/quotas`)).json()).toMatchObject({ quotas });
    expect((await call('POST', `${AT}/users`, { username: 'one-more' })).status).toBe(409);
    expect((await call('PATCH', `${AT}/quotas`, { users: null, sign_ins: null, apis: null }, ANY)).status).toBe(200);
  });

  it('for usage', async () => {
    expect((await call('GET', `${AT}/usage?from=2026-01-01&to=2026-01-31`)).status).toBe(200);
    expect((await call('GET', `${AT}/usage?from=2026-02-01&to=2026-01-31`)).status).toBe(400);
  });

  it('for users', async () => {
    const body = { username: 'ada', email: 'ada@acme.test', phone_number: '+41441234567', address: { country: 'CH' } };
    const own = await live(`${AT}/users`, body, {
      change: { locale: 'de-CH', website: 'https://ada.test', email: null },
    });
    await call('GET', `${AT}/users?identifier=ada`);
    expect((await call('POST', `${AT}/users`, { username: 'ADA' })).status).toBe(409);
    // Nobody asked for the deletion of this one.
    expect((await call('DELETE', `${own}/scheduled-deletion`)).status).toBe(404);
    await platform.database.query(
      "UPDATE users SET deletion_scheduled_for = now() + interval '1 day' WHERE username = 'ada'",
    );
    expect((await call('GET', own)).text).toContain('deletion_scheduled_for');
    expect((await call('DELETE', `${own}/scheduled-deletion`)).status).toBe(204);
    const { id } = (await call('GET', `${AT}/users?identifier=alice`)).json<{ data: { id: string }[] }>().data[0] ?? {
      id: '',
    };
    expect((await call('POST', `${AT}/users/${id}/password-reset-mail`)).status).toBe(204);
    expect((await call('POST', `${AT}/users/${randomUUID()}/password-reset-mail`)).status).toBe(404);
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('for invitations, and links to set a password', async () => {
    await call('PATCH', AT, { policy: { sign_up: 'invitation' } }, ANY);
    const body = { email: 'ada@acme.test', name: 'Ada', tenant_admin: false, locale: 'de' };
    const made = await call('POST', `${AT}/invitations`, body);
    expect([made.status, made.json()['status']]).toEqual([201, 'pending']);
    const own = `${AT}/invitations/${String(made.json()['id'])}`;
    await call('GET', own);
    await call('GET', `${AT}/invitations?limit=1`);
    expect((await call('POST', `${own}/resend`, undefined, { 'if-match': '"v0"' })).status).toBe(412);
    expect((await call('POST', `${own}/resend`)).status).toBe(200);
    expect((await call('DELETE', own)).status).toBe(204);
    expect((await call('POST', `${own}/resend`)).status).toBe(409);
    expect((await call('POST', `${AT}/invitations`, { email: 'alice@acme.test' })).status).toBe(409);
    const user = await call('POST', `${AT}/users`, { username: 'carl', email: 'carl@acme.test' });
    const at = `${AT}/users/${String(user.json()['id'])}`;
    expect((await call('POST', `${at}/set-password-mail`, undefined, { 'if-match': '"v0"' })).status).toBe(412);
    expect((await call('POST', `${at}/set-password-mail`)).status).toBe(200);
    await call('PATCH', at, { email: null });
    expect((await call('POST', `${at}/set-password-mail`)).status).toBe(409);
  });

  it('for setup links', async () => {
    const made = await call('POST', `${AT}/setup-links`, { purposes: ['brand'], email: 'it@acme.test', locale: 'de' });
    expect([made.status, made.json()['status']]).toEqual([201, 'open']);
    const own = `${AT}/setup-links/${String(made.json()['id'])}`;
    await call('GET', own);
    await call('GET', `${AT}/setup-links?limit=1&status=open`);
    expect((await call('DELETE', own, undefined, { 'if-match': '"v0"' })).status).toBe(412);
    expect((await call('DELETE', own)).status).toBe(204);
    expect((await call('DELETE', own)).status).toBe(409);
  });

  it('for APIs', async () => {
    const scopes = [{ name: 'a', description: 'A', descriptions: { de: 'A' } }];
    const body = { identifier: 'https://a.test', display_name: 'A', scopes };
    const own = await live(`${AT}/apis`, body, { change: { access_token_lifetime_seconds: 60 } });
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('for attributes of users', async () => {
    const claim = { name: 'department', scopes: ['profile'] };
    const body = { name: 'department', type: 'string', labels: { en: 'Department' }, claim };
    const path = `${AT}/user-attributes`;
    const own = await live(path, body, { change: { max_length: 50 }, member: 'name' });
    expect((await call('POST', path, body)).status).toBe(409);
    const user = `${AT}/users/${acme.aliceId}`;
    expect((await call('PATCH', user, { attributes: { department: 'Sales' } })).status).toBe(200);
    expect((await call('PATCH', user, { attributes: { department: 7 } })).status).toBe(400);
    expect((await call('GET', user)).status).toBe(200);
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('for roles of APIs, and who has them', async () => {
    const { data } = (await call('GET', `${AT}/apis?limit=1`)).json<{ data: { id: string }[] }>();
    const body = { api_id: data[0]?.id, name: 'editor', scopes: ['orders:read'] };
    const own = await live(`${AT}/api-roles`, body, { change: { display_name: 'Editor' } });
    expect((await call('POST', `${AT}/api-roles`, body)).status).toBe(409);
    const group = (await call('POST', `${AT}/groups`, { name: 'holders' })).json();
    const holders = [`users/${acme.aliceId}`, `groups/${String(group['id'])}`, 'clients/machine'];
    for (const holder of holders) expect((await call('PUT', `${own}/${holder}`)).status).toBe(200);
    expect((await call('GET', `${own}/assignments?limit=2`)).status).toBe(200);
    for (const holder of holders) expect((await call('DELETE', `${own}/${holder}`)).status).toBe(204);
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('for domains and former slugs', async () => {
    const body = { domain: 'login.acme.example' };
    expect((await call('POST', `${AT}/domains`, body, { 'idempotency-key': randomUUID() })).status).toBe(201);
    const own = `${AT}/domains/${body.domain}`;
    expect((await call('GET', own)).status).toBe(200);
    expect((await call('POST', `${AT}/domains`, body)).status).toBe(409);
    expect((await call('POST', `${AT}/domains`, { domain: 'https://login.acme.example' })).status).toBe(400);
    expect((await call('POST', `${own}/verify`)).status).toBe(200);
    expect((await call('PATCH', own, { primary: true }, { 'if-match': '*' })).status).toBe(409);
    await platform.database.query('UPDATE tenant_domains SET verified_at = now()');
    for (const primary of [true, false])
      expect((await call('PATCH', own, { primary }, { 'if-match': '*' })).status).toBe(200);
    expect((await call('GET', `${AT}/domains?limit=1`)).status).toBe(200);
    expect((await call('DELETE', own)).status).toBe(204);
    const tenant = (await call('POST', '/tenants', { slug: 'old-name', display_name: 'Old' })).json();
    const renamed = await call('PATCH', `/tenants/${String(tenant['id'])}`, { slug: 'new-name' }, { 'if-match': '*' });
    expect(renamed.json()).toMatchObject({ former_slugs: [{ slug: 'old-name' }] });
    expect((await call('DELETE', '/tenants/new-name/former-slugs/old-name')).status).toBe(204);
    expect((await call('DELETE', '/tenants/new-name/former-slugs/old-name')).status).toBe(404);
  });

  it('for clients that developers register', async () => {
    const policy = { developer_registration: 'with_approval', developer_redirect_hosts: ['*.acme.test'] };
    await platform.operator.patch(AT, { policy });
    const developer = await newDeveloper(platform, acme);
    const own = `${AT}/client-registrations/${(await developer.submitted()).id}`;
    await call('GET', `${AT}/client-registrations?state=pending`);
    expect((await call('PUT', `${own}/rejection`, { reason: 'No.' }, ANY)).status).toBe(200);
    await developer.ok('POST', `${own.replace(`${AT}/client-registrations`, '/clients')}/submission`);
    await call('GET', own);
    expect((await call('PUT', `${own}/approval`, undefined, ANY)).status).toBe(200);
    expect((await call('PUT', `${own}/suspension`, {})).status).toBe(200);
    expect((await call('DELETE', `${own}/suspension`)).status).toBe(200);
    await call('GET', `${own}/redirect-test?redirect_uri=x`);
    expect((await call('GET', `${own}/snippets`)).status).toBe(200);
    expect((await call('GET', `${own}/snippets/curl`)).status).toBe(200);
    await call('GET', `${AT}/clients/web/redirect-test?redirect_uri=https://rp.test/cb/`);
    expect((await call('GET', `${AT}/clients/web/snippets`)).status).toBe(200);
    expect((await call('GET', `${AT}/clients/web/snippets/curl`)).status).toBe(200);
    expect((await call('PUT', `${own}/owners/${acme.aliceId}`)).status).toBe(200);
    expect((await call('DELETE', `${own}/owners/${acme.aliceId}`)).status).toBe(204);
  });

  it('for groups, and who is in them', async () => {
    const body = { name: 'engineers', display_name: 'Engineers' };
    const own = await live(`${AT}/groups`, body, { change: { description: 'Whoever may.' } });
    const member = `${own}/members/${acme.aliceId}`;
    expect((await call('PUT', member)).status).toBe(200);
    expect((await call('GET', `${own}/members?limit=1`)).status).toBe(200);
    expect((await call('GET', `${AT}/users/${acme.aliceId}/groups`)).status).toBe(200);
    expect((await call('POST', `${AT}/groups`, body)).status).toBe(409);
    expect((await call('DELETE', member)).status).toBe(204);
    expect((await call('DELETE', member)).status).toBe(404);
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('for roles, and who has them', async () => {
    const body = { name: 'helpdesk', display_name: 'Help desk', permissions: ['users:read'] };
    const own = await live(`${AT}/roles`, body, { change: { permissions: ['users:recover'] }, member: 'name' });
    expect((await call('PATCH', own, { description: null })).status).toBe(428);
    expect((await call('POST', `${AT}/roles`, { ...body, name: 'owner' })).status).toBe(409);
    expect((await call('POST', `${AT}/roles`, body)).status).toBe(409);
    expect((await call('DELETE', `${AT}/roles/owner`)).status).toBe(409);
    await call('GET', `${AT}/roles?limit=100`);
    for (const at of [`${AT}/users/${acme.aliceId}/roles`, `${AT}/clients/machine/roles`]) {
      expect((await call('PUT', `${at}/helpdesk`)).status).toBe(200);
      expect((await call('GET', at)).json()).toMatchObject({ data: [{ role: 'helpdesk' }] });
      expect((await call('DELETE', own)).status).toBe(409);
      expect((await call('DELETE', `${at}/helpdesk`)).status).toBe(204);
      expect((await call('DELETE', `${at}/helpdesk`)).status).toBe(404);
      expect((await call('PUT', `${at}/nothing`)).status).toBe(404);
    }
    expect((await call('DELETE', `${own}?force=true`)).status).toBe(204);
  });

  it('for keys, consents and the log', async () => {
    await call('GET', `${AT}/keys`);
    expect((await call('POST', `${AT}/keys/rotate`, { alg: 'RS256' })).status).toBe(200);
    const { data: keys } = (await call('GET', `${AT}/keys`)).json<{ data: { kid: string }[] }>();
    expect((await call('POST', `${AT}/keys/${keys[0]?.kid}/revoke`)).status).toBe(200);
    expect((await call('POST', `${AT}/keys/nothing/revoke`)).status).toBe(404);
    const { data } = (await call('GET', `${AT}/consents?client_id=web`)).json<{ data: { id: string }[] }>();
    expect(data).toHaveLength(2);
    await call('GET', `${AT}/consents/${data[0]?.id}`);
    expect((await call('DELETE', `${AT}/consents/${data[0]?.id}`)).status).toBe(204);
    await call('GET', `${AT}/audit-events?limit=200`);
    const { data: types } = (await call('GET', `${AT}/event-types`)).json<{ data: object[] }>();
    expect(types).toContainEqual(expect.objectContaining({ type: 'consent.withdrawn', outcomes: ['success'] }));
    await call('GET', `${AT}/audit-events?type=token.issued`);
    expect((await call('GET', `${AT}/audit-events/export`)).status).toBe(200);
    expect((await call('GET', `${AT}/audit-events/export?limit=0`)).status).toBe(400);
    const { page } = (await call('GET', `${AT}/audit-events/pull?limit=3`)).json<{ page: { next: string } }>();
    await call('GET', `${AT}/audit-events/pull?after=${page.next}`);
    for (const end of ['pull', 'stream']) {
      expect((await call('GET', `${AT}/audit-events/${end}?after=MS4wLkFBQUFBQUFBQUFBQUFBQUE`)).status).toBe(410);
      expect((await call('GET', `${AT}/audit-events/${end}?after=x`)).status).toBe(400);
    }
    // It does not end, so what it is made of is looked at in test/audit/stream.spec.ts.
    visited.add('streamAuditEvents');
  });

  it('for texts', async () => {
    const text = { texts: { 'signIn.title': 'Welcome to {tenant}' } };
    expect((await call('PATCH', `${AT}/texts/en`, text, ANY)).status).toBe(200);
    expect((await call('PATCH', `${AT}/texts/en`, text)).status).toBe(428);
    expect((await call('GET', `${AT}/texts/en`)).json()).toMatchObject(text);
    await call('GET', `${AT}/texts?locale=en&overridden=true`);
    await call('GET', `${AT}/texts?limit=3`);
  });

  it('for branding', async () => {
    const at = `${AT}/branding`;
    expect((await call('GET', at)).json()).toMatchObject({ state: 'published' });
    const draft = { branding: { primary_color: '#ffe066' }, texts: { en: { 'signIn.title': 'Hello' } } };
    expect((await call('PATCH', at, draft, ANY)).json()).toMatchObject({ state: 'draft' });
    expect((await call('PATCH', at, draft)).status).toBe(428);
    expect((await call('POST', `${at}/publish`, {})).status).toBe(409);
    expect((await call('POST', `${at}/previews`)).status).toBe(201);
    const { number } = (await call('POST', `${at}/publish`, { correct_contrast: true, note: 'New' })).json();
    expect((await call('GET', `${at}/versions`)).status).toBe(200);
    expect((await call('GET', `${at}/versions/${String(number)}`)).status).toBe(200);
    expect((await call('POST', `${at}/versions/1/revert`)).status).toBe(201);
    await call('PATCH', at, draft, ANY);
    expect((await call('DELETE', at)).status).toBe(204);
  });

  it('for many at once', async () => {
    const { id } = await platform.operator.create<{ id: string }>(`${AT}/users`, { username: 'of-many' });
    const disable = { op: 'update', id, data: { enabled: false } };
    expect((await call('POST', `${AT}/users/bulk`, { operations: [disable] })).status).toBe(200);
    const one = { op: 'disable', client_id: 'other' };
    expect((await call('POST', `${AT}/clients/bulk`, { operations: [one] })).status).toBe(200);
    expect((await call('POST', `${AT}/clients/bulk`, { operations: [{ ...one, op: 'enable' }] })).status).toBe(200);
  });

  it('for sessions of users', async () => {
    const own = `${AT}/users/${acme.aliceId}/sessions`;
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
    const { data } = (await call('GET', own)).json<{ data: { id: string }[] }>();
    expect((await call('DELETE', `${own}/${data[0]?.id}`)).status).toBe(204);
    expect((await call('DELETE', own)).status).toBe(204);
    expect((await call('GET', `${AT}/users/${randomUUID()}/sessions`)).status).toBe(404);
  });

  it('for second factors', async () => {
    const { id } = await givenUserWithApp(platform, acme, 'with-app');
    const own = `${AT}/users/${id}/factors`;
    expect((await call('GET', own)).json()['data']).toHaveLength(2);
    expect((await call('DELETE', `${own}/totp`)).status).toBe(204);
    expect((await call('DELETE', `${own}/totp`)).status).toBe(404);
    expect((await call('GET', `${AT}/users/${randomUUID()}/factors`)).status).toBe(404);
  });

  it('for passkeys', async () => {
    await platform.database.query(
      `INSERT INTO passkeys (tenant_id, id, user_id, rp_id, credential_id, public_key, counter, transports, backup_eligible,
                             backed_up, aaguid, name)
       SELECT tenant_id, gen_random_uuid(), id, 'localhost', 'id', '', 0, '{}', false, false, gen_random_uuid(), 'Key'
         FROM users WHERE username = 'alice'`,
    );
    const { data } = (await call('GET', `${AT}/passkeys?limit=1`)).json<{ data: { id: string }[] }>();
    await call('GET', `${AT}/passkeys/${data[0]?.id}`);
    expect((await call('DELETE', `${AT}/passkeys/${data[0]?.id}`)).status).toBe(204);
    expect((await call('GET', `${AT}/passkeys/${data[0]?.id}`)).status).toBe(404);
  });

  it('for mail', async () => {
    const sent = await call('POST', `${AT}/mail/test`, { to: 'admin@example.com' });
    expect(sent.status).toBe(200);
    await call('GET', `${AT}/mail?limit=1`);
    await call('GET', `${AT}/mail/${sent.json<{ id: string }>().id}`);
    expect((await call('GET', `${AT}/mail/nothing`)).status).toBe(404);
  });

  it('for policies', async () => {
    await call('GET', '/policy');
    await call('PATCH', '/policy', { policy_locks: ['require_pkce'] }, { 'if-match': '*' });
    const body = { name: 'regulated', display_name: 'Regulated', policy: { password_min_length: 20 } };
    const own = await live('/policy-templates', body, { change: { policy_locks: ['second_factor'] }, member: 'name' });
    expect((await call('POST', '/policy-templates', body)).status).toBe(409);
    await call('GET', '/policy-templates');
    await call('PATCH', AT, { policy_template: 'regulated', policy_locks: ['require_pkce'] }, { 'if-match': '*' });
    expect((await call('DELETE', own)).status).toBe(409);
    await call('GET', `${AT}/policy/effective`);
    await call('GET', `${AT}/policy/effective?explain=true&client_id=web`);
    const stricter = { policy: { require_verified_email: true, id_token_signing_alg: 'EdDSA' } };
    for (const path of [AT, own, '/policy'].map((at) => `${at}?dry_run=true`)) {
      const answer = await platform.operator.request('PATCH', path, stricter);
      expect([path, answer.status, document.findFaults(document.find('PATCH', path), answer)]).toEqual([path, 200, []]);
    }
    await call('GET', `${AT}/clients/web/grant-usage`);
    await call('GET', `${AT}/clients/web/token-preview?user_id=${acme.aliceId}&scope=openid`);
    await call('PATCH', AT, { policy_template: null, policy_locks: null }, { 'if-match': '*' });
    expect((await call('DELETE', own)).status).toBe(204);
    await call('PATCH', '/policy', { policy_locks: null }, { 'if-match': '*' });
  });

  it('for webhooks', async () => {
    // Nobody listens there.
    const webhook = { url: 'http://127.0.0.1:65535/', event_types: ['webhook.*'] };
    const own = await live(`${AT}/webhooks`, webhook, { change: { description: 'CRM' } });
    expect((await call('POST', `${own}/test`)).json()).toMatchObject({ state: 'queued', attempts: 1 });
    expect((await call('POST', `${own}/rotate-secret`, { overlap_hours: 1 })).status).toBe(200);
    expect((await call('POST', `${own}/rotate-secret`, {})).status).toBe(409);
    const { data } = (await call('GET', `${own}/deliveries?limit=1`)).json<{ data: { id: string }[] }>();
    expect((await call('POST', `${own}/deliveries/${data[0]?.id}/replay`)).status).toBe(200);
    expect((await call('POST', `${own}/replay`, { since: '2026-01-31T12:00:00Z' })).status).toBe(200);
    expect((await call('DELETE', own)).status).toBe(204);
  });

  it('when the request is wrong', async () => {
    expect((await call('POST', '/tenants', {}, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await call('POST', '/tenants', { slug: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await call('GET', '/tenants?limit=0')).status).toBe(400);
    expect((await call('GET', '/tenants', undefined, { authorization: '' })).status).toBe(401);
    const key = { 'idempotency-key': randomUUID() };
    await call('POST', `${AT}/users`, { username: 'one' }, key);
    expect((await call('POST', `${AT}/users`, { username: 'two' }, key)).status).toBe(422);
  });

  it('and the events of every write have what it changed, from what and to what', () => {
    const found = [...shown].map(([operation, names]) => [operation, [...names].filter((name) => name !== '')]);
    const writes = document.writes.filter((operation) => !SHOW_NOTHING.includes(operation));
    expect(Object.fromEntries(found)).toEqual({
      ...Object.fromEntries(SHOW_NOTHING.map((operation) => [operation, []])),
      ...Object.fromEntries(writes.map((operation) => [operation, [expectedOf(operation)]])),
    });
  });

  it('of every operation', () => {
    expect([...visited].sort()).toEqual(document.operationIds.sort());
  });
});
