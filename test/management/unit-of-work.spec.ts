import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { adminOf, operatorWith } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { type Pair, startPair } from '../support/pair.js';
import { expectProblem } from '../support/problems.js';
import { openRequest, racingCall } from '../support/race.js';

let platform: Pair;
let apiId: string;

beforeAll(async () => {
  platform = await startPair();
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme', policy: { sign_up: 'invitation' } });
  const api = { identifier: 'https://roles.test', display_name: 'Roles' };
  await platform.operator.create('/tenants', { slug: 'gated', display_name: 'Gated' });
  gatedAdmin = await adminOf(platform, 'gated', 'tenants:read tenants:write audit:read');
  apiId = (await platform.operator.create<{ id: string }>('/tenants/acme/apis', api)).id;
});
afterAll(() => platform.stop());
afterEach(() => platform.database.query('DROP TRIGGER IF EXISTS fault ON idempotency_keys'));

/** Operators need grants there, which its own administrator approves. */
let gatedAdmin: ManagementClient;
const post = (
  path: string,
  body: object,
  key: string,
  client: ManagementClient = path.endsWith('/approve') ? gatedAdmin : platform.operator,
) => client.request('POST', path, body, { 'idempotency-key': key });

/** Makes the database fail when an answer is stored: at once, or when the transaction is committed. */
async function failStoring(fault: string, when: 'BEFORE INSERT' | 'at commit'): Promise<void> {
  await platform.database.query(
    `CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${fault}; RETURN NEW; END $$`,
  );
  await platform.database.query(
    when === 'at commit'
      ? `CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON idempotency_keys DEFERRABLE INITIALLY DEFERRED
           FOR EACH ROW EXECUTE FUNCTION fault()`
      : 'CREATE TRIGGER fault BEFORE INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION fault()',
  );
}

async function count(table: string, type: string): Promise<{ rows: number; events: number }> {
  const [rows] = await platform.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  const text = 'SELECT count(*)::int AS n FROM audit_events WHERE type = $1';
  const [events] = await platform.database.query<{ n: number }>(text, [type]);
  return { rows: rows?.n ?? -1, events: events?.n ?? -1 };
}

const PASSWORD = 'violet harbour 42 lanterns';

/** Every write that may carry a key, with a body that does it once. */
const machine = { grant_types: ['client_credentials'] };
/** Nobody listens there. It gets the events of webhooks, so that each of their writes adds a delivery. */
const WEBHOOK = { url: 'http://127.0.0.1:65535/', event_types: ['webhook.*'] };
const WRITES: readonly [path: string, body: () => object, table: string, type: string][] = [
  ['/tenants', () => ({ slug: `t-${randomUUID()}`, display_name: 'T' }), 'tenants', 'tenant.created'],
  ['/tenants/{doomed}/deletion', () => ({}), 'tenant_deletions', 'tenant.deletion_scheduled'],
  [
    '/policy-templates',
    () => ({ name: `t-${randomUUID()}`, display_name: 'T' }),
    'policy_layers',
    'policy_template.created',
  ],
  ['/tenants/acme/clients', () => machine, 'clients', 'client.created'],
  ['/tenants/acme/clients/{client}/secrets', () => ({}), 'client_secrets', 'client_secret.created'],
  ['/tenants/acme/users', () => ({ username: randomUUID() }), 'users', 'user.created'],
  [
    '/tenants/acme/apis',
    () => ({ identifier: `https://${randomUUID()}.test`, display_name: 'A' }),
    'apis',
    'api.created',
  ],
  [
    '/tenants/acme/roles',
    () => ({ name: `role-${randomUUID()}`, display_name: 'R', permissions: ['users:read'] }),
    'management_roles',
    'role.created',
  ],
  [
    '/tenants/acme/user-attributes',
    () => ({ name: `a${randomUUID().replaceAll('-', '')}`, type: 'string' }),
    'tenants, jsonb_array_elements(user_attributes)',
    'user_attribute.created',
  ],
  ['/tenants/acme/api-roles', () => ({ api_id: apiId, name: randomUUID() }), 'api_roles', 'api_role.created'],
  ['/tenants/acme/domains', () => ({ domain: `${randomUUID()}.example` }), 'tenant_domains', 'domain.created'],
  [
    '/tenants/acme/domains/{domain}/verify',
    () => ({}),
    'tenant_domains WHERE checked_at IS NOT NULL',
    'domain.checked',
  ],
  ['/tenants/acme/groups', () => ({ name: `group-${randomUUID()}` }), 'user_groups', 'group.created'],
  ['/tenants/acme/invitations', () => ({ email: `${randomUUID()}@a.test` }), 'invitations', 'invitation.created'],
  ['/tenants/acme/invitations/{invitation}/resend', () => ({}), 'verifications', 'invitation.sent'],
  ['/tenants/acme/users/{user}/set-password-mail', () => ({}), 'verifications', 'user.updated'],
  ['/tenants/acme/users/{user}/password-reset-mail', () => ({}), 'mails', 'user.password_reset_requested'],
  ['/tenants/acme/mail/test', () => ({ to: `${randomUUID()}@example.com` }), 'mails', 'mail.tested'],
  ['/tenants/acme/webhooks', () => WEBHOOK, 'webhook_endpoints', 'webhook.created'],
  ['/tenants/acme/webhooks/{webhook}/rotate-secret', () => ({}), 'webhook_deliveries', 'webhook.secret_rotated'],
  ['/tenants/acme/webhooks/{webhook}/test', () => ({}), 'webhook_deliveries', 'webhook.tested'],
  [
    '/tenants/acme/webhooks/{webhook}/replay',
    () => ({ since: '2026-01-31T12:00:00Z' }),
    'webhook_deliveries',
    'webhook.replayed',
  ],
  [
    '/tenants/acme/webhooks/{webhook}/deliveries/{delivery}/replay',
    () => ({}),
    'webhook_deliveries',
    'webhook.replayed',
  ],
  ['/tenants/acme/setup-links', () => ({ purposes: ['brand'] }), 'setup_links', 'setup_link.created'],
  [
    '/tenants/{gated}/access-grants',
    () => ({ reason: 'The same request, twice.' }),
    'access_grants',
    'access_grant.given',
  ],
  [
    '/tenants/{gated}/access-grants/{access_grant}/approve',
    () => ({}),
    'access_grants WHERE approved_by IS NOT NULL',
    'access_grant.approved',
  ],
  ['/tenants/acme/branding/publish', () => ({}), 'tenant_branding_versions', 'branding.published'],
  ['/tenants/acme/branding/previews', () => ({}), 'tenant_branding_previews', 'branding.preview_created'],
  ['/tenants/acme/branding/versions/{number}/revert', () => ({}), 'tenant_branding_versions', 'branding.published'],
  ['/tenants/acme/keys/rotate', () => ({}), 'signing_keys', 'keys.rotated'],
  ['/tenants/acme/keys/{key}/revoke', () => ({}), 'signing_keys', 'key.revoked'],
];

/** A repeated request is answered with what was stored, before the first attempt to deliver it. */
function withoutAttempt({ attempts: _, error: __, next_attempt_at: ___, ...body }: Record<string, unknown>): object {
  return body;
}

async function fill(path: string): Promise<string> {
  if (path.includes('{gated}')) {
    const request = { reason: 'Somebody has to approve it.', emergency: true };
    const at = '/tenants/gated/access-grants';
    await gatedAdmin.patch('/tenants/gated', { policy: { operator_access: 'by_approval' } });
    const { id } = await platform.operator.create<{ id: string }>(at, request);
    await gatedAdmin.patch('/tenants/gated', { policy: { operator_access: 'by_grant' } });
    return path.replace('{gated}', 'gated').replace('{access_grant}', id);
  }
  if (path.includes('{doomed}')) {
    const { id } = await platform.operator.create('/tenants', { slug: `t-${randomUUID()}`, display_name: 'Doomed' });
    return path.replace('{doomed}', String(id));
  }
  if (path.includes('{client}')) {
    const { client_id: id } = await platform.operator.create('/tenants/acme/clients', machine);
    return path.replace('{client}', String(id));
  }
  if (path.includes('{invitation}')) {
    const invitation = { email: `${randomUUID()}@acme.test` };
    const { id } = await platform.operator.create('/tenants/acme/invitations', invitation);
    return path.replace('{invitation}', String(id));
  }
  if (path.includes('{webhook}')) {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/webhooks', WEBHOOK);
    const { data } = await platform.operator.get<{ data: { id: string }[] }>(`/tenants/acme/webhooks/${id}/deliveries`);
    return path.replace('{webhook}', id).replace('{delivery}', data[0]?.id ?? '');
  }
  if (path.includes('/branding/')) {
    const draft = { branding: { texts: { en: { footer_text: randomUUID() } } } };
    await platform.operator.request('PATCH', '/tenants/acme/branding', draft, { 'if-match': '*' });
    if (!path.includes('{number}')) return path;
    const { number } = await platform.operator.create('/tenants/acme/branding/publish', {});
    return path.replace('{number}', String(number));
  }
  if (path.includes('{domain}')) {
    const { domain } = await platform.operator.create('/tenants/acme/domains', { domain: `${randomUUID()}.example` });
    return path.replace('{domain}', String(domain));
  }
  if (path.includes('{user}')) {
    const username = randomUUID();
    const account = { username, email: `${username}@acme.test`, email_verified: true, password: PASSWORD };
    const { id } = await platform.operator.create('/tenants/acme/users', account);
    return path.replace('{user}', String(id));
  }
  const { data } = await platform.operator.get<{ data: { kid: string }[] }>('/tenants/acme/keys');
  return path.replace('{key}', data[0]?.kid ?? '');
}

describe('a write with an Idempotency-Key', () => {
  it('covers every POST that the API describes', async () => {
    const { paths } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{ paths: Record<string, object> }>();
    // The operations of a bulk request are units of work, each by itself: bulk.spec.ts.
    const described = Object.entries(paths).filter(([path, item]) => 'post' in item && !path.endsWith('/bulk'));
    const covered = WRITES.map(([path]) =>
      path
        .replace(/acme|\{doomed\}|\{gated\}/, '{tenant}')
        .replace(/(client|user|invitation|webhook|delivery|access_grant)\}/g, '$1_id}'),
    );
    expect(covered.map((path) => `/api/v1${path.replace('{key}', '{kid}')}`).sort()).toEqual(
      described.map(([path]) => path).sort(),
    );
  });

  it.each(WRITES)('POST %s is not done when its answer cannot be stored', async (template, bodyOf, table, type) => {
    const path = await fill(template);
    const [body, key, before] = [bodyOf(), randomUUID(), await count(table, type)];
    await failStoring(`RAISE EXCEPTION 'full' USING ERRCODE = '53100'`, 'BEFORE INSERT');
    expectProblem(await post(path, body, key), 503, 'unavailable');
    expect(await count(table, type)).toEqual(before);
  });

  it.each(WRITES)(
    'POST %s is done once when the connection breaks at the commit',
    async (template, bodyOf, table, type) => {
      const path = await fill(template);
      const [body, key, before] = [bodyOf(), randomUUID(), await count(table, type)];
      await failStoring('PERFORM pg_terminate_backend(pg_backend_pid())', 'at commit');
      expectProblem(await post(path, body, key), 503, 'unavailable');
      expect(await count(table, type)).toEqual(before);
      await platform.database.query('DROP TRIGGER fault ON idempotency_keys');

      const answers = [await post(path, body, key), await post(path, body, key)];
      const after = await count(table, type);
      expect(answers.map(({ headers }) => headers['idempotent-replayed'])).toEqual([undefined, 'true']);
      const bodies = answers.map((one) => (one.text === '' ? undefined : withoutAttempt(one.json())));
      expect(bodies[1]).toEqual(bodies[0]);
      expect(answers[1]?.status).toBe(answers[0]?.status);
      expect([after.events, after.rows > before.rows || type === 'key.revoked']).toEqual([before.events + 1, true]);
    },
  );

  it('is answered again when its answer was lost on the way', async () => {
    const [body, key, before] = [{ username: randomUUID() }, randomUUID(), await count('users', 'user.created')];
    const request = racingCall(platform.operator, 'POST', '/tenants/acme/users', body, { 'idempotency-key': key });
    const opened = await openRequest(request, platform.ports[0] ?? 0);
    opened.finish();
    let answer = await post('/tenants/acme/users', body, key);
    while (answer.status === 409) answer = await post('/tenants/acme/users', body, key);
    const first = await opened.answer;
    expect([first, answer].filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(await count('users', 'user.created')).toEqual({ rows: before.rows + 1, events: before.events + 1 });
  });
});

describe('a replay', () => {
  const WEAK = 'clients:read clients:write';

  it('is refused to a token with less than the first one had', async () => {
    const key = randomUUID();
    const body = { ...machine, client_name: 'Strong' };
    const strong = await operatorWith(platform, `${WEAK} users:write`);
    const weak = await operatorWith(platform, WEAK);
    expect((await post('/tenants/acme/clients', body, key, strong)).status).toBe(201);
    const refused = await post('/tenants/acme/clients', body, key, weak);
    expectProblem(refused, 403, 'permission-denied');
    expect(refused.text).not.toMatch(/client_secret|client-/);
    expect(refused.headers['www-authenticate']).toContain('users:write');
    const again = await operatorWith(platform, `${WEAK} users:write keys:read`);
    expect((await post('/tenants/acme/clients', body, key, again)).headers['idempotent-replayed']).toBe('true');
  });

  it('is of the same tenant, and not of one that was made anew under its name', async () => {
    const [slug, key] = [`t-${randomUUID()}`, randomUUID()];
    await platform.operator.create('/tenants', { slug, display_name: 'Old' });
    expect((await post(`/tenants/${slug}/clients`, machine, key)).status).toBe(201);
    await platform.operator.patch(`/tenants/${slug}`, { status: 'suspended' });
    expect((await platform.operator.request('DELETE', `/tenants/${slug}?immediately=true`)).status).toBe(200);
    await platform.operator.create('/tenants', { slug, display_name: 'New' });
    expectProblem(await post(`/tenants/${slug}/clients`, machine, key), 422, 'key-reused');
  });

  it('is of the same content type', async () => {
    const key = randomUUID();
    expect((await post('/tenants/acme/clients', machine, key)).status).toBe(201);
    const headers = { 'idempotency-key': key, 'content-type': 'application/merge-patch+json' };
    expectProblem(
      await platform.operator.request('POST', '/tenants/acme/clients', machine, headers),
      422,
      'key-reused',
    );
  });
});
