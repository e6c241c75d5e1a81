import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import { BUILT_IN_ROLES } from '../../src/resources/management-roles.js';
import { basic, postForm, send } from '../support/http.js';
import { ManagementClient } from '../support/management-client.js';
import { type Platform, startPlatform } from '../support/platform.js';

/** Every built-in role on every route of the management API, at the own tenant and at another one. */

type RoleName = 'owner' | 'support' | 'client_admin' | 'user_admin' | 'branding' | 'auditor';

const READERS: readonly RoleName[] = ['owner', 'support', 'auditor'];
const OWNER: readonly RoleName[] = ['owner'];
const seen = (...others: RoleName[]) => [...READERS, ...others];
const CLIENTS = OWNER.concat('client_admin');
const USERS = OWNER.concat('user_admin');
const HELPERS = OWNER.concat('user_admin', 'support');

/** By operation: who may do it. Written down here, and not derived from the scopes of the routes. */
const MAY: Readonly<Record<string, readonly RoleName[]>> = {
  listTenants: seen('branding'),
  createTenant: OWNER,
  getTenant: seen('branding'),
  updateTenant: OWNER.concat('branding'),
  deleteTenant: OWNER,
  scheduleTenantDeletion: OWNER,
  getScheduledDeletion: seen('branding'),
  withdrawTenantDeletion: OWNER,
  listTenantDeletions: seen('branding'),
  getTenantDeletion: seen('branding'),
  endFormerSlug: OWNER,
  listDomains: seen('branding'),
  createDomain: OWNER,
  getDomain: seen('branding'),
  verifyDomain: OWNER,
  updateDomain: OWNER,
  deleteDomain: OWNER,
  getPlatformPolicy: seen('branding'),
  updatePlatformPolicy: OWNER,
  listPolicyTemplates: seen('branding'),
  createPolicyTemplate: OWNER,
  getPolicyTemplate: seen('branding'),
  updatePolicyTemplate: OWNER,
  deletePolicyTemplate: OWNER,
  getEffectivePolicy: seen('branding'),
  getReadiness: seen('branding'),
  getQuotas: seen('branding'),
  getUsage: seen('branding'),
  updateQuotas: OWNER,
  listAccessGrants: READERS,
  createAccessGrant: seen('branding'),
  getAccessGrant: READERS,
  approveAccessGrant: OWNER,
  endAccessGrant: seen('branding'),
  listSetupLinks: seen('branding'),
  createSetupLink: OWNER.concat('branding'),
  getSetupLink: seen('branding'),
  revokeSetupLink: OWNER.concat('branding'),
  listTexts: seen('branding'),
  getOwnTexts: seen('branding'),
  updateOwnTexts: OWNER.concat('branding'),
  getBrandingDraft: seen('branding'),
  updateBrandingDraft: OWNER.concat('branding'),
  discardBrandingDraft: OWNER.concat('branding'),
  publishBranding: OWNER.concat('branding'),
  createBrandingPreview: OWNER.concat('branding'),
  listBrandingVersions: seen('branding'),
  getBrandingVersion: seen('branding'),
  revertBranding: OWNER.concat('branding'),
  listUserAttributes: seen('branding'),
  createUserAttribute: OWNER,
  getUserAttribute: seen('branding'),
  updateUserAttribute: OWNER,
  deleteUserAttribute: OWNER,
  listClients: seen('client_admin'),
  createClient: CLIENTS,
  bulkClients: CLIENTS,
  getClient: seen('client_admin'),
  updateClient: CLIENTS,
  deleteClient: CLIENTS,
  listClientRegistrations: seen('client_admin'),
  getClientRegistration: seen('client_admin'),
  testRedirectUri: seen('client_admin'),
  listClientSnippets: seen('client_admin'),
  getClientSnippet: seen('client_admin'),
  approveClientRegistration: CLIENTS,
  rejectClientRegistration: CLIENTS,
  suspendRegisteredClient: CLIENTS,
  resumeRegisteredClient: CLIENTS,
  giveClientOwner: CLIENTS,
  takeClientOwner: CLIENTS,
  getGrantUsage: seen('client_admin'),
  previewTokens: seen('client_admin'),
  testClientRedirectUri: seen('client_admin'),
  listSnippets: seen('client_admin'),
  getSnippet: seen('client_admin'),
  createClientSecret: CLIENTS,
  deleteClientSecret: CLIENTS,
  listUsers: seen('user_admin'),
  createUser: USERS,
  bulkUsers: USERS,
  getUser: seen('user_admin'),
  updateUser: USERS,
  deleteUser: USERS,
  mailSetPassword: HELPERS,
  sendPasswordResetMail: HELPERS,
  withdrawUserDeletion: HELPERS,
  getUserFactors: seen('user_admin'),
  resetUserFactor: HELPERS,
  getUserSessions: seen('user_admin'),
  endUserSessions: HELPERS,
  endUserSession: HELPERS,
  listPasskeys: seen('user_admin'),
  getPasskey: seen('user_admin'),
  deletePasskey: HELPERS,
  listGroups: seen('user_admin'),
  createGroup: USERS,
  getGroup: seen('user_admin'),
  updateGroup: USERS,
  deleteGroup: USERS,
  listGroupMembers: seen('user_admin'),
  addGroupMember: USERS,
  removeGroupMember: USERS,
  getUserGroups: seen('user_admin'),
  listInvitations: seen('user_admin'),
  createInvitation: USERS,
  getInvitation: seen('user_admin'),
  resendInvitation: USERS,
  withdrawInvitation: USERS,
  listMail: seen('user_admin'),
  getMail: seen('user_admin'),
  sendTestMail: USERS,
  listApis: seen('client_admin'),
  createApi: CLIENTS,
  getApi: seen('client_admin'),
  updateApi: CLIENTS,
  deleteApi: CLIENTS,
  listApiRoles: seen('client_admin'),
  createApiRole: CLIENTS,
  getApiRole: seen('client_admin'),
  updateApiRole: CLIENTS,
  deleteApiRole: CLIENTS,
  listApiRoleAssignments: seen('client_admin'),
  giveUserApiRole: USERS,
  takeUserApiRole: USERS,
  giveGroupApiRole: USERS,
  takeGroupApiRole: USERS,
  giveClientApiRole: CLIENTS,
  takeClientApiRole: CLIENTS,
  listRoles: READERS,
  createRole: OWNER,
  getRole: READERS,
  updateRole: OWNER,
  deleteRole: OWNER,
  getUserRoles: READERS,
  giveUserRole: OWNER,
  takeUserRole: OWNER,
  getClientRoles: READERS,
  giveClientRole: OWNER,
  takeClientRole: OWNER,
  listKeys: READERS,
  rotateKeys: OWNER,
  revokeKey: OWNER,
  listConsents: seen('client_admin', 'user_admin'),
  getConsent: seen('client_admin', 'user_admin'),
  withdrawConsent: OWNER.concat('client_admin', 'user_admin'),
  listAuditEvents: READERS,
  listEventTypes: READERS,
  exportAuditEvents: READERS,
  pullAuditEvents: READERS,
  streamAuditEvents: READERS,
  listWebhooks: READERS,
  createWebhook: OWNER,
  getWebhook: READERS,
  updateWebhook: OWNER,
  deleteWebhook: OWNER,
  rotateWebhookSecret: OWNER,
  testWebhook: OWNER,
  replayEvents: OWNER,
  listWebhookDeliveries: READERS,
  replayDelivery: OWNER,
};

/** What only operators do, whatever the role, with a body where one is looked at first. */
const OPERATORS_ONLY: Readonly<Record<string, object | undefined>> = {
  createTenant: { slug: 'initech', display_name: 'Initech' },
  deleteTenant: undefined,
  scheduleTenantDeletion: {},
  getScheduledDeletion: undefined,
  withdrawTenantDeletion: undefined,
  listTenantDeletions: undefined,
  getTenantDeletion: undefined,
  updateQuotas: undefined,
  createAccessGrant: { reason: 'The tenant is open, so this is refused.' },
  endFormerSlug: undefined,
  getPlatformPolicy: undefined,
  updatePlatformPolicy: {},
  listPolicyTemplates: undefined,
  createPolicyTemplate: { name: 'gold', display_name: 'Gold' },
  getPolicyTemplate: undefined,
  updatePolicyTemplate: {},
  deletePolicyTemplate: undefined,
};

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
}

interface Holder {
  readonly role: RoleName;
  readonly home: 'system' | 'acme';
  readonly client: ManagementClient;
}

let platform: Platform;
let routes: Route[];
let holders: Holder[];

beforeAll(async () => {
  platform = await startPlatform();
  for (const slug of ['acme', 'globex']) await platform.operator.create('/tenants', { slug, display_name: slug });
  const { paths } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{
    paths: Record<string, Record<string, { operationId: string }>>;
  }>();
  routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => ({ operation: operationId, method, path })),
  );
  const built = BUILT_IN_ROLES.flatMap(({ name, isFor }) =>
    isFor.map((whose) => holderOf(whose === 'operators' ? 'system' : 'acme', name as RoleName)),
  );
  holders = await Promise.all(built);
});
afterAll(() => platform.stop());

/** A machine that has this role and nothing else. */
async function holderOf(home: Holder['home'], role: RoleName): Promise<Holder> {
  const { client_id: id = '', client_secret: secret = '' } = await platform.operator.create<Record<string, string>>(
    `/tenants/${home}/clients`,
    { grant_types: ['client_credentials'] },
  );
  const given = await platform.operator.request('PUT', `/tenants/${home}/clients/${id}/roles/${role}`);
  if (given.status !== 200) throw new Error(given.text);
  const form = { grant_type: 'client_credentials', resource: `${platform.url}/api` };
  const answer = await postForm(`${platform.url}/t/${home}/token`, form, { authorization: basic(id, secret) });
  return { role, home, client: new ManagementClient(platform.url, String(answer.json()['access_token'])) };
}

/** Changes nothing: what it names is not there, and a body that is needed is missing or empty. */
async function statusOf({ client }: Holder, { operation, method, path }: Route, tenant: string): Promise<number> {
  const target = path
    .replace('/api/v1', '')
    .replace('{tenant}', tenant)
    .replace('{locale}', 'en')
    .replace('{kid}', 'nothing')
    .replace('{role}', 'nothing')
    .replace(/\{\w+\}/g, randomUUID());
  const body = OPERATORS_ONLY[operation] ?? (/post|patch/.test(method) && operation !== 'rotateKeys' ? {} : undefined);
  const headers = {
    ...(operation === 'rotateKeys' && { 'idempotency-key': '\u00e9' }),
    // An answer that ends: whoever may is told that it is no cursor.
    ...(operation === 'streamAuditEvents' && { 'last-event-id': 'x' }),
    ...(operation === 'scheduleTenantDeletion' && { 'if-match': '"another version"' }),
  };
  return (await client.request(method.toUpperCase(), target, body, headers)).status;
}

const isRefusal = (status: number) => status === 401 || status === 403;

/** What is answered otherwise than it is written down. */
async function faultsOf(holder: Holder, route: Route): Promise<unknown[]> {
  const { role, home } = holder;
  const isOperator = home === 'system';
  const hasScope = MAY[route.operation]?.includes(role) ?? false;
  const may = hasScope && (isOperator || !(route.operation in OPERATORS_ONLY));
  const own = await statusOf(holder, route, home);
  const faults: unknown[] = own < 500 && isRefusal(own) !== may ? [] : [[role, home, route.operation, own]];
  if (!route.path.includes('{tenant}')) return faults;
  const foreign = await statusOf(holder, route, 'globex');
  // To who is no operator another tenant is one that does not exist.
  const isRight = isOperator ? isRefusal(foreign) !== may : foreign === (hasScope ? 404 : 403);
  return isRight && foreign < 500 ? faults : [...faults, [role, home, route.operation, 'foreign', foreign]];
}

describe('the matrix of roles', () => {
  it('has a case for every route, and none for a route that is gone', () => {
    const known = routes.map(({ operation }) => operation).filter((operation) => operation !== 'getOpenApi');
    expect(Object.keys(MAY).sort()).toEqual(known.sort());
    expect(holders.map(({ home, role }) => `${role}@${home}`)).toEqual([
      'owner@system',
      'owner@acme',
      'support@system',
      'client_admin@acme',
      'user_admin@acme',
      'branding@acme',
      'auditor@system',
      'auditor@acme',
    ]);
  });

  it('lets each role do what is written down, at its own tenant and at others, and nothing else', async () => {
    const wrong: unknown[] = [];
    for (const holder of holders) {
      wrong.push(...(await Promise.all(routes.map((route) => faultsOf(holder, route)))).flat());
    }
    expect(wrong).toEqual([]);
  });

  it('leaves no scope that no role has, and gives the owner all', () => {
    const ofOwner = BUILT_IN_ROLES.find(({ name }) => name === 'owner')?.permissions;
    expect(ofOwner).toEqual(MANAGEMENT_SCOPES.map(({ name }) => name));
    for (const { name, permissions } of BUILT_IN_ROLES) {
      const writes = permissions.filter((scope) => !scope.endsWith(':read'));
      if (name === 'auditor') expect(writes).toEqual([]);
      if (name === 'support') expect(writes).toEqual(['users:recover']);
    }
  });
});
