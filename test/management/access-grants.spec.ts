import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BootstrapService } from '../../src/bootstrap/bootstrap.service.js';
import { AccessGrantUpkeep } from '../../src/maintenance/access-grant-upkeep.js';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import { listEvents } from '../support/audit.js';
import { send } from '../support/http.js';
import { mailsTo } from '../support/mails.js';
import { adminOf, machineOf, operatorWith } from '../support/management-access.js';
import { ManagementClient } from '../support/management-client.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { StatementWatch } from '../support/statements.js';

/** Access of operators to people and secrets of a tenant (docs/operator-access.md). */

interface Grant {
  readonly id: string;
  readonly status: string;
  readonly begins_at: string | null;
  readonly expires_at: string;
}

interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly at: string;
  readonly owner: ManagementClient;
  readonly ownerAddress: string;
}

const ALL = MANAGEMENT_SCOPES.map(({ name }) => name).join(' ');
const REASON = 'Alice cannot sign in since the import.';
const ACCESS_REQUIRED = 'access-grant-required';

let platform: Platform;
let operator: ManagementClient;

beforeAll(async () => {
  platform = await startPlatform();
  operator = platform.operator;
});
afterAll(() => platform.stop());

/** A tenant with an owner, who then decides about operators. */
async function givenTenant(operatorAccess: string, more: object = {}): Promise<Tenant> {
  const slug = `t-${randomUUID().slice(0, 13)}`;
  const { id } = await operator.create<{ id: string }>('/tenants', { slug, display_name: 'Acme' });
  const ownerAddress = `pam@${slug}.test`;
  const pam = { username: 'pam', email: ownerAddress, email_verified: true, tenant_admin: true };
  await operator.create(`/tenants/${slug}/users`, { ...pam, password: 'violet harbour 42 lanterns' });
  const owner = await adminOf(platform, slug, ALL);
  await owner.patch(`/tenants/${slug}`, { policy: { operator_access: operatorAccess, ...more } });
  return { id, slug, at: `/tenants/${slug}`, owner, ownerAddress };
}

const ask = (at: string, body: object = {}, by = operator) =>
  by.request('POST', `${at}/access-grants`, { reason: REASON, ...body });

async function granted(at: string, body: object = {}): Promise<Grant> {
  return operator.create<Grant>(`${at}/access-grants`, { reason: REASON, ...body });
}

const users = ({ at }: Tenant, by = operator) => by.request('GET', `${at}/users`);
const typesOf = async ({ owner, slug }: Tenant) =>
  (await listEvents(owner, slug)).map(({ type }) => type).filter((type) => type.startsWith('access_grant'));

/** As if so many seconds had passed for the grant. */
async function letPass(grant: Grant, seconds: number): Promise<void> {
  await platform.database.query(
    `UPDATE access_grants SET begins_at = begins_at - make_interval(secs => $2),
            expires_at = expires_at - make_interval(secs => $2) WHERE id = $1`,
    [grant.id, seconds],
  );
}

describe('operator_access: by_grant', () => {
  it('refuses people and secrets without a grant, and says how to get one', async () => {
    const tenant = await givenTenant('by_grant');
    const problem = expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
    expect(problem).toMatchObject({ reach: 'people', level: 'read', operator_access: 'by_grant' });
    expect(problem.detail).toContain('access-grants');
    const made = await operator.request('POST', `${tenant.at}/clients`, { grant_types: ['client_credentials'] });
    expect(expectProblem(made, 403, ACCESS_REQUIRED)).toMatchObject({ reach: 'secrets', level: 'write' });
    const refused = (await listEvents(operator, 'system', 'management.refused')).at(-1);
    expect(refused).toMatchObject({ target: `tenant:${tenant.slug}`, details: { reason: 'no access grant' } });
  });

  it('leaves the administrators of the tenant and the operators’ own tenant alone', async () => {
    const tenant = await givenTenant('by_grant');
    expect((await users(tenant, tenant.owner)).status).toBe(200);
    expect((await operator.request('GET', '/tenants/system/users')).status).toBe(200);
    expectProblem(await ask('/tenants/system'), 409, 'conflict');
  });

  it('lets in by a grant: for its reach, its level, its operator and its tenant alone', async () => {
    const [tenant, other] = [await givenTenant('by_grant'), await givenTenant('by_grant')];
    const grant = await granted(tenant.at, { ticket: 'HELP-4711' });
    expect(grant).toMatchObject({ status: 'active', level: 'read', reach: ['people'], duration_seconds: 3600 });
    expect((await users(tenant)).status).toBe(200);
    expectProblem(await operator.request('POST', `${tenant.at}/users`, { username: 'eve' }), 403, ACCESS_REQUIRED);
    expectProblem(await operator.request('POST', `${tenant.at}/webhooks`, {}), 403, ACCESS_REQUIRED);
    expectProblem(await users(other), 403, ACCESS_REQUIRED);
    // Another machine of the operators, with every permission.
    const colleague = await adminOf(platform, 'system', ALL);
    expectProblem(await users(tenant, colleague), 403, ACCESS_REQUIRED);
  });

  it.each(['new', 'of an older version'])('%s is not inherited by a client that is made anew', async (version) => {
    const tenant = await givenTenant('by_grant');
    const id = `ops-${randomUUID()}`;
    const before = await machineOf(platform, 'system', id, ALL);
    const grant = await before.create<Grant>(`${tenant.at}/access-grants`, { reason: REASON, level: 'write' });
    if (version !== 'new') {
      await platform.database.query('UPDATE access_grants SET operator_registration_id = NULL WHERE id = $1', [
        grant.id,
      ]);
    }
    expect((await users(tenant, before)).status).toBe(200);
    expect((await operator.request('DELETE', `/tenants/system/clients/${id}`)).status).toBe(204);
    const after = await machineOf(platform, 'system', id, ALL);
    expectProblem(await users(tenant, after), 403, ACCESS_REQUIRED);
    expect((await ask(tenant.at, {}, after)).status).toBe(201);
    expect((await users(tenant, after)).status).toBe(200);
  });

  it('writes every use and every change with the grant into the log of the tenant', async () => {
    const tenant = await givenTenant('by_grant');
    const { id } = await granted(tenant.at, { level: 'write' });
    const user = await operator.create<{ id: string }>(`${tenant.at}/users`, { username: 'eve' });
    await operator.get(`${tenant.at}/users/${user.id}`);
    const events = await listEvents(tenant.owner, tenant.slug);
    const actor = 'client:operator@system';
    const target = `access_grant:${id}`;
    expect(events.find(({ type }) => type === 'access_grant.given')).toMatchObject({
      actor,
      target,
      details: { reason: REASON, level: 'write', reach: ['people'] },
    });
    expect(events.filter(({ type }) => type === 'access_grant.used')).toMatchObject([
      { actor, target, details: { method: 'POST', path: `/api/v1${tenant.at}/users`, level: 'write' } },
      { actor, target, details: { method: 'GET', path: `/api/v1${tenant.at}/users/${user.id}`, level: 'read' } },
    ]);
    expect(events.filter(({ type }) => type === 'user.created').at(-1)).toMatchObject({
      actor,
      details: { access_grant: id },
    });
  });

  it('tells the owners by mail', async () => {
    const tenant = await givenTenant('by_grant');
    await granted(tenant.at);
    const [mail] = await mailsTo(platform, tenant, tenant.ownerAddress);
    expect(mail).toMatchObject({ template: 'access_grant', values: { kind: 'active', reason: REASON } });
  });

  it('ends at once by the owner, by its operator, or by its time', async () => {
    const tenant = await givenTenant('by_grant');
    const first = await granted(tenant.at);
    expect((await users(tenant)).status).toBe(200);
    const own = `${tenant.at}/access-grants/${first.id}`;
    expect((await tenant.owner.request('DELETE', own)).status).toBe(204);
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
    expectProblem(await tenant.owner.request('DELETE', own), 409, 'conflict');
    expect(await tenant.owner.get(own)).toMatchObject({
      status: 'ended',
      ended_by: expect.stringContaining('client:'),
    });

    const second = await granted(tenant.at);
    const reader = await operatorWith(platform, 'tenants:read users:read');
    expect((await reader.request('DELETE', `${tenant.at}/access-grants/${second.id}`)).status).toBe(204);
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);

    const third = await granted(tenant.at, { expires_in_seconds: 300 });
    expect((await users(tenant)).status).toBe(200);
    await letPass(third, 301);
    // The feed tells the process of the row that changed.
    for (let status = 200; status === 200; status = (await users(tenant)).status);
    await platform.application.nest.get(AccessGrantUpkeep).recordExpired();
    await platform.application.nest.get(AccessGrantUpkeep).recordExpired();
    expect((await typesOf(tenant)).filter((type) => type === 'access_grant.expired')).toHaveLength(1);
    const { data } = await tenant.owner.get<{ data: Grant[] }>(`${tenant.at}/access-grants`);
    expect(data.map(({ status }) => status)).toEqual(['expired', 'ended', 'ended']);
  });

  it('ends on every process', async () => {
    const tenant = await givenTenant('by_grant');
    const grant = await granted(tenant.at);
    const beside = await startPlatform({ beside: platform });
    const there = new ManagementClient(beside.url, operator.token);
    expect((await users(tenant, there)).status).toBe(200);
    await tenant.owner.request('DELETE', `${tenant.at}/access-grants/${grant.id}`);
    for (let status = 200; status === 200; status = (await users(tenant, there)).status);
    expectProblem(await users(tenant, there), 403, ACCESS_REQUIRED);
    // And one that is made here is known there at once, although there was none a moment ago.
    await granted(tenant.at);
    expect((await users(tenant, there)).status).toBe(200);
    await beside.stop();
  });

  it('costs no statement but the record of its use, and administrators of the tenant none at all', async () => {
    const [tenant, open] = [await givenTenant('by_grant'), await givenTenant('open')];
    await granted(tenant.at);
    const watch = new StatementWatch();
    try {
      for (const one of [tenant, open]) for (const by of [operator, one.owner]) await users(one, by);
      const [expected = []] = [await watch.during(() => users(open))];
      expect(await watch.during(() => users(tenant))).toEqual(expected);
      expect(await watch.during(() => users(tenant, tenant.owner))).toEqual(expected);
    } finally {
      watch.restore();
    }
  });

  it('ends with the policy that let the operator make it', async () => {
    const tenant = await givenTenant('by_grant');
    await granted(tenant.at);
    expect((await users(tenant)).status).toBe(200);
    await tenant.owner.patch(tenant.at, { policy: { operator_access: 'by_approval' } });
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
  });

  it('is taken into the transaction of a write, which a grant that has ended does not do', async () => {
    const tenant = await givenTenant('by_grant');
    const grant = await granted(tenant.at, { level: 'write' });
    // The cache of the process does not hear of it: the row is changed behind its back.
    expect((await users(tenant)).status).toBe(200);
    await platform.database.query('ALTER TABLE access_grants DISABLE TRIGGER notify');
    await platform.database.query('UPDATE access_grants SET ended_at = now() WHERE id = $1', [grant.id]);
    await platform.database.query('ALTER TABLE access_grants ENABLE TRIGGER notify');
    const late = await operator.request('POST', `${tenant.at}/users`, { username: 'late' });
    expectProblem(late, 403, ACCESS_REQUIRED);
    const { data } = (await users(tenant, tenant.owner)).json<{ data: { username: string }[] }>();
    expect(data.map(({ username }) => username)).toEqual(['pam']);
  });
});

describe('operator_access: by_approval', () => {
  it('begins when somebody of the tenant approves it, and operators cannot', async () => {
    const tenant = await givenTenant('by_approval');
    const grant = await granted(tenant.at);
    expect(grant).toMatchObject({ status: 'requested', begins_at: null });
    const [mail] = await mailsTo(platform, tenant, tenant.ownerAddress);
    expect(mail).toMatchObject({ values: { kind: 'requested' } });
    const approve = (by: ManagementClient) => by.request('POST', `${tenant.at}/access-grants/${grant.id}/approve`);
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
    expectProblem(await approve(operator), 403, 'permission-denied');
    const reader = await adminOfTenant(tenant, 'tenants:read audit:read');
    expectProblem(await approve(reader), 403, 'permission-denied');
    expectProblem(await reader.request('DELETE', `${tenant.at}/access-grants/${grant.id}`), 403, 'permission-denied');
    expect((await approve(tenant.owner)).json()).toMatchObject({
      status: 'active',
      operator: 'client:operator@system',
    });
    expect((await users(tenant)).status).toBe(200);
    expect((await typesOf(tenant)).slice(0, 2)).toEqual(['access_grant.requested', 'access_grant.approved']);
  });

  it('is approved once of fifty, and either approved or refused', async () => {
    const tenant = await givenTenant('by_approval');
    const [one, two] = [await granted(tenant.at), await granted(tenant.at)];
    const approve = ({ id }: Grant) => tenant.owner.request('POST', `${tenant.at}/access-grants/${id}/approve`);
    const approvals = await Promise.all(Array.from({ length: 50 }, () => approve(one)));
    expect(approvals.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(approvals.filter(({ status }) => status === 409)).toHaveLength(49);
    const refusals = await Promise.all([
      ...Array.from({ length: 10 }, () => tenant.owner.request('DELETE', `${tenant.at}/access-grants/${two.id}`)),
      approve(two),
    ]);
    expect(refusals.filter(({ status }) => status === 204)).toHaveLength(1);
    expectProblem(await approve(two), 409, 'conflict');
    await tenant.owner.request('DELETE', `${tenant.at}/access-grants/${one.id}`);
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
  });
});

describe('operator_access: forbidden', () => {
  it('takes no request, and an emergency that the owners can refuse for a day', async () => {
    const tenant = await givenTenant('forbidden');
    expect(expectProblem(await ask(tenant.at), 409, 'conflict').detail).toContain('emergency');
    const refused = await granted(tenant.at, { emergency: true });
    expect(refused.status).toBe('waiting');
    expect((await mailsTo(platform, tenant, tenant.ownerAddress))[0]).toMatchObject({ values: { kind: 'waiting' } });
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
    expect((await tenant.owner.request('DELETE', `${tenant.at}/access-grants/${refused.id}`)).status).toBe(204);
    await letPass(refused, 86_401);
    expectProblem(await users(tenant), 403, ACCESS_REQUIRED);
    expect(await typesOf(tenant)).toEqual(['access_grant.given', 'access_grant.refused']);

    const silent = await granted(tenant.at, { emergency: true });
    await letPass(silent, 86_401);
    expect((await users(tenant)).status).toBe(200);
    expect(await tenant.owner.get(`${tenant.at}/access-grants/${silent.id}`)).toMatchObject({ status: 'active' });
  });

  it('lets an owner be invited where there is none', async () => {
    const slug = `t-${randomUUID().slice(0, 13)}`;
    const policy = { sign_up: 'invitation', operator_access: 'forbidden' };
    await operator.create('/tenants', { slug, display_name: 'New', policy });
    const at = `/tenants/${slug}`;
    const invited = await operator.create<{ id: string }>(`${at}/invitations`, {
      email: `pam@${slug}.test`,
      tenant_admin: true,
    });
    expect((await operator.request('POST', `${at}/invitations/${invited.id}/resend`)).status).toBe(200);
    expectProblem(await operator.request('GET', `${at}/users`), 403, ACCESS_REQUIRED);
    expect((await operator.request('GET', `${at}/readiness`)).status).toBe(200);
    const tenant = await givenTenant('forbidden', { sign_up: 'invitation' });
    const second = await operator.request('POST', `${tenant.at}/invitations`, { email: 'x@y.test' });
    expectProblem(second, 403, ACCESS_REQUIRED);
  });
});

describe('who decides', () => {
  it('lets operators make it stricter, and never laxer for a tenant that is there', async () => {
    const tenant = await givenTenant('by_grant');
    const change = (policy: object | null, by = operator) =>
      by.request('PATCH', tenant.at, { policy }, { 'if-match': '*' });
    expectInvalid(await change({ operator_access: 'open' }), '/policy/operator_access');
    expectInvalid(await change({ operator_access: null }), '/policy/operator_access');
    expectInvalid(await change(null), '/policy/operator_access');
    expectInvalid(await change({ operator_access_max_seconds: 86_400 }), '/policy/operator_access_max_seconds');
    expect((await change({ operator_access: 'forbidden' })).status).toBe(200);
    expectInvalid(await change({ operator_access: 'by_grant' }), '/policy/operator_access');
    expect((await change({ operator_access: 'open' }, tenant.owner)).status).toBe(200);
    expect((await users(tenant)).status).toBe(200);
    expectProblem(await ask(tenant.at), 409, 'conflict');
  });

  it('keeps a template from opening its tenants, and locks nothing', async () => {
    const template = async (policy: object) =>
      (
        await operator.create<{ name: string }>('/policy-templates', {
          name: `t-${randomUUID()}`,
          display_name: 'T',
          policy,
        })
      ).name;
    const [strict, lax] = [
      await template({ operator_access: 'by_grant' }),
      await template({ operator_access: 'open' }),
    ];
    const slug = `t-${randomUUID().slice(0, 13)}`;
    await operator.create('/tenants', { slug, display_name: 'T', policy_template: strict });
    expectProblem(await operator.request('GET', `/tenants/${slug}/users`), 403, ACCESS_REQUIRED);
    const change = (path: string, body: object) => operator.request('PATCH', path, body, { 'if-match': '*' });
    expectInvalid(await change(`/tenants/${slug}`, { policy_template: lax }), '/policy/operator_access');
    expectInvalid(await change(`/tenants/${slug}`, { policy_template: null }), '/policy/operator_access');
    const opened = await change(`/policy-templates/${strict}`, { policy: { operator_access: 'open' } });
    expectInvalid(opened, '/policy/operator_access');
    expect((await change(`/policy-templates/${lax}`, { policy: { operator_access: null } })).status).toBe(200);
    for (const path of ['/policy', `/policy-templates/${strict}`]) {
      for (const locked of ['operator_access', 'operator_access_max_seconds']) {
        expectProblem(await change(path, { policy_locks: [locked] }), 400, 'validation-failed');
      }
    }
  });

  it('keeps a layer from prolonging the grants of a tenant that decided for itself whom it lets in', async () => {
    const { name } = await operator.create<{ name: string }>('/policy-templates', {
      name: `t-${randomUUID()}`,
      display_name: 'T',
    });
    const tenant = await givenTenant('by_grant');
    const change = (path: string, body: object) => operator.request('PATCH', path, body, { 'if-match': '*' });
    expect((await change(tenant.at, { policy_template: name })).status).toBe(200);
    const longer = { policy: { operator_access_max_seconds: 86_400 } };
    for (const path of ['/policy', `/policy-templates/${name}`]) {
      expectInvalid(await change(path, longer), '/policy/operator_access_max_seconds');
    }
    const shorter = { policy: { operator_access_max_seconds: 600 } };
    expect((await change(`/policy-templates/${name}`, shorter)).status).toBe(200);
    expectInvalid(await ask(tenant.at, { expires_in_seconds: 601 }), '/expires_in_seconds');
  });
});

describe('a new installation', () => {
  it('takes grants from the day on which its operator says so, and nobody loosens that once there are tenants', async () => {
    const production = await startPlatform({ config: { production: true } });
    const change = (operator_access: string | null) =>
      production.operator.request('PATCH', '/policy', { policy: { operator_access } }, { 'if-match': '*' });
    for (const choice of ['open', null, 'by_grant']) expect((await change(choice)).status).toBe(200);
    // Onboarding needs none: the first owner is invited.
    const { id } = await production.operator.create<{ id: string }>('/tenants', {
      slug: 'acme',
      display_name: 'Acme',
      policy: { sign_up: 'invitation' },
    });
    expect((await production.operator.request('GET', `/tenants/${id}/invitations`)).status).toBe(200);
    expectProblem(await production.operator.request('GET', `/tenants/${id}/users`), 403, ACCESS_REQUIRED);
    expectInvalid(await change('open'), '/policy/operator_access');
    expectInvalid(await change(null), '/policy/operator_access');
    expect((await change('by_approval')).status).toBe(200);
    // A later start leaves it alone.
    const again = await startPlatform({ beside: production });
    await again.application.nest.get(BootstrapService).run();
    expect(await again.operator.get('/policy')).toMatchObject({ policy: { operator_access: 'by_approval' } });
    await again.stop();
    await production.stop();
  });

  it('is open until then', async () => {
    expect(await operator.get('/policy')).toMatchObject({ policy: {} });
  });
});

describe('a request', () => {
  it.each([
    ['no reason', {}, '/reason'],
    ['a reason that says nothing', { reason: 'help' }, '/reason'],
    ['a reason with hidden characters', { reason: 'because of this\u202e and that' }, '/reason'],
    ['a reason of many lines', { reason: 'because\nof this and that' }, '/reason'],
    ['a long reason', { reason: 'x'.repeat(501) }, '/reason'],
    ['a reason of another kind', { reason: ['because of this'] }, '/reason'],
    ['an unknown reach', { reason: REASON, reach: ['keys'] }, '/reach'],
    ['no reach', { reason: REASON, reach: [] }, '/reach'],
    ['a reach twice', { reason: REASON, reach: ['people', 'people'] }, '/reach'],
    ['an unknown level', { reason: REASON, level: 'admin' }, '/level'],
    ['too short a time', { reason: REASON, expires_in_seconds: 1 }, '/expires_in_seconds'],
    ['more than the tenant lets', { reason: REASON, expires_in_seconds: 28_801 }, '/expires_in_seconds'],
    ['a needless emergency', { reason: REASON, emergency: true }, '/emergency'],
    ['an unknown member', { reason: REASON, operator: 'client:other@system' }, '/operator'],
  ])('with %s is refused', async (_, body, pointer) => {
    hostile ??= await givenTenant('by_grant');
    expectInvalid(await operator.request('POST', `${hostile.at}/access-grants`, body), pointer);
  });
  let hostile: Tenant | undefined;

  it('is for operators who see tenants, and there are twenty at once', async () => {
    const tenant = await givenTenant('by_approval');
    expectProblem(await ask(tenant.at, {}, tenant.owner), 403, 'permission-denied');
    const other = await operatorWith(platform, 'users:read');
    expectProblem(await ask(tenant.at, {}, other), 403, 'permission-denied');
    for (let made = 0; made < 20; made += 1) await granted(tenant.at);
    expectProblem(await ask(tenant.at), 409, 'conflict');
  });
});

/** What operators do without a grant, whatever a tenant decides: how it is set up, its state and its numbers. */
const OPEN_TO_OPERATORS = [
  'getTenant updateTenant deleteTenant scheduleTenantDeletion getScheduledDeletion withdrawTenantDeletion',
  'getEffectivePolicy getReadiness getQuotas updateQuotas getUsage listTexts getOwnTexts updateOwnTexts',
  'listAccessGrants createAccessGrant getAccessGrant approveAccessGrant endAccessGrant',
  'listUserAttributes createUserAttribute getUserAttribute updateUserAttribute',
  'listClients getClient listClientSnippets getClientSnippet listSnippets getSnippet testClientRedirectUri getGrantUsage getClientRoles listGroups getGroup listRoles getRole',
  'listApis createApi getApi updateApi deleteApi listApiRoles createApiRole getApiRole updateApiRole deleteApiRole',
  'getBrandingDraft updateBrandingDraft discardBrandingDraft publishBranding createBrandingPreview',
  'listBrandingVersions getBrandingVersion revertBranding endFormerSlug testRedirectUri',
  'listDomains createDomain getDomain verifyDomain updateDomain deleteDomain',
  'listKeys rotateKeys revokeKey listEventTypes sendTestMail listWebhooks getWebhook listWebhookDeliveries',
].flatMap((line) => line.split(' '));

describe('every route', () => {
  it('is open to operators without a grant where it is written down, and nowhere else', async () => {
    const tenant = await givenTenant('forbidden');
    const { paths } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{
      paths: Record<string, Record<string, { operationId: string }>>;
    }>();
    const open: string[] = [];
    for (const [path, item] of Object.entries(paths)) {
      if (!path.includes('{tenant}')) continue;
      for (const [method, { operationId }] of Object.entries(item)) {
        if (operationId === 'rotateKeys') {
          open.push(operationId); // would be done
          continue;
        }
        const target = path.replace('/api/v1', '').replace('{tenant}', tenant.slug).replace('{locale}', 'en');
        const headers = { 'if-match': '"another version"' };
        const body = /post|patch/.test(method) ? {} : undefined;
        const at = target.replace(/\{\w+\}/g, randomUUID());
        const answer = await operator.request(method.toUpperCase(), at, body, headers);
        if (!answer.text.includes(ACCESS_REQUIRED)) open.push(operationId);
        expect([operationId, answer.status < 500]).toEqual([operationId, true]);
      }
    }
    expect(open.sort()).toEqual([...OPEN_TO_OPERATORS].sort());
  });
});

/** Made by the owner: operators have no way to a secret of the tenant. */
function adminOfTenant(tenant: Tenant, scope: string): Promise<ManagementClient> {
  return adminOf({ ...platform, operator: tenant.owner }, tenant.slug, scope);
}
