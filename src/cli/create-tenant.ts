import { MANAGEMENT_SCOPES } from '../resources/management-api.js';
import { CliError, UsageError } from './installation.js';
import type { ManagementApi, Member } from './management-api.js';
import { newPassword } from './new-password.js';
import { pairs } from './table.js';

/** The client as which administrators of a tenant use this command line, and tools made from the API's description. */
export const ADMIN_CLIENT_ID = 'tenantry-cli';

export interface CreateTenantOptions {
  readonly name?: string;
  readonly admin?: string;
  readonly invite?: string;
}

interface NewTenant {
  readonly slug: string;
  readonly display_name: string;
}

interface Outcome {
  readonly answer: Member;
  readonly sentences: string;
}

/**
 * `tenantry tenants create`: the tenant, and with `--admin` or `--invite` what its administrator needs to go on alone.
 * Each step makes what is missing, so the command may be repeated after one failed.
 */
export async function createTenant(
  api: ManagementApi,
  slug: string,
  { name, admin, invite }: CreateTenantOptions,
): Promise<Outcome> {
  if (admin !== undefined && invite !== undefined) {
    throw new UsageError('Give --admin, which makes the account here, or --invite, which mails an invitation.');
  }
  const body = { slug, display_name: name ?? slug };
  if (invite !== undefined) return inviteTo(api, body, invite);
  if (admin === undefined) {
    const { body: tenant } = await api.send('createTenant', { body });
    return { answer: tenant, sentences: describeTenant(tenant) };
  }
  const known = await api.find('getTenant', { path: { tenant: slug } });
  const tenant = known ?? (await api.send('createTenant', { body })).body;
  try {
    await ensureClient(api, slug);
    const account = await ensureAdministrator(api, slug, admin);
    const answer = { tenant, administrator: account, client_id: ADMIN_CLIENT_ID };
    const exists = known ? `The tenant ${slug} was there already.\n` : '';
    return { answer, sentences: `${exists}${describeAdministrator(api.publicUrl, tenant, account)}` };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(
      `The tenant ${slug} is there, but its administrator ${admin} is not ready: ${error.message}\n` +
        'Mend that and give the same command again; it makes what is missing.',
    );
  }
}

/** The tenant and the invitation of its administrator are one request: both are there, or neither. */
async function inviteTo(api: ManagementApi, body: NewTenant, email: string): Promise<Outcome> {
  const path = { tenant: body.slug };
  const known = await api.find('getTenant', { path });
  const tenant = known ?? (await api.send('createTenant', { body: { ...body, admin: { email } } })).body;
  if (known && !(await isInvited(api, body.slug, email))) {
    await api.send('createInvitation', { path, body: { email, tenant_admin: true } });
  }
  await ensureClient(api, body.slug);
  const { readiness, ...made } = tenant;
  const answer = { tenant: made, ...(readiness !== undefined && { readiness }), client_id: ADMIN_CLIENT_ID };
  return { answer, sentences: describeInvitation(api.publicUrl, tenant, email) };
}

async function isInvited(api: ManagementApi, slug: string, email: string): Promise<boolean> {
  const invitations = await api.list('listInvitations', { path: { tenant: slug } });
  return invitations.some(({ email: to, status }) => to === email && (status === 'pending' || status === 'accepted'));
}

/**
 * A public native client. It is not a first-party one: RFC 8252 §8.6 wants a person to see it when any program of the
 * machine could ask under its name.
 */
async function ensureClient(api: ManagementApi, slug: string): Promise<void> {
  if (await api.find('getClient', { path: { tenant: slug, client_id: ADMIN_CLIENT_ID } })) return;
  await api.send('createClient', {
    path: { tenant: slug },
    body: {
      client_id: ADMIN_CLIENT_ID,
      client_name: 'Tenantry command line',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      // The second one is where Swagger UI waits; both at any port (RFC 8252 §7.3).
      redirect_uris: ['http://127.0.0.1/callback', 'http://127.0.0.1/oauth2-redirect.html'],
      scope: 'openid',
      permissions: [{ api: `${api.publicUrl}/api`, scopes: MANAGEMENT_SCOPES.map(({ name }) => name) }],
    },
  });
}

interface Account {
  readonly id: string;
  readonly username: string;
  /** Only of an account that was made now. */
  readonly password?: string;
}

async function ensureAdministrator(api: ManagementApi, slug: string, admin: string): Promise<Account> {
  const [known] = await api.list('listUsers', { path: { tenant: slug }, query: { identifier: admin } }, 1);
  if (known) {
    const { id, username } = known;
    const path = { tenant: slug, user_id: id };
    if (!known.tenant_admin) await api.send('updateUser', { path, body: { tenant_admin: true } });
    return { id, username };
  }
  const password = await newPassword(api, slug);
  const body = { username: admin, ...(admin.includes('@') && { email: admin }), password, tenant_admin: true };
  const { body: made } = await api.send('createUser', { path: { tenant: slug }, body });
  return { id: made.id, username: made.username, password };
}

function describeTenant(tenant: Member): string {
  const slug = String(tenant['slug']);
  return [
    `The tenant ${slug} was made.`,
    pairs({ name: tenant['display_name'], issuer: tenant['addresses'] }),
    '',
    'Nobody can sign in there yet. Give it an administrator:',
    `  npx tenantry tenants create ${slug} --invite admin@example.com`,
    'or a client and a user:',
    `  npx tenantry clients create ${slug} --name Shop --redirect-uri https://shop.example/callback`,
    `  npx tenantry users create ${slug} alice`,
  ].join('\n');
}

function describeAdministrator(publicUrl: string, tenant: Member, { username, password }: Account): string {
  const slug = String(tenant['slug']);
  const account = `${String(tenant['issuer'])}/account`;
  return [
    `The tenant ${slug} has an administrator.`,
    '',
    pairs({
      issuer: tenant['addresses'],
      'user name': username,
      password: password ?? `unchanged; "npx tenantry users set-password ${slug} ${username}" gives another one`,
      account,
      'management API': `${publicUrl}/api/v1/tenants/${slug}`,
      'described at': `${publicUrl}/api/v1/openapi.json?tenant=${slug}`,
      'client for both': ADMIN_CLIENT_ID,
    }),
    '',
    ...(password === undefined ? [] : ['The password is shown this once. Hand it over, and let it be changed.', '']),
    ...waysOn(publicUrl, slug),
  ].join('\n');
}

function describeInvitation(publicUrl: string, tenant: Member, email: string): string {
  const slug = String(tenant['slug']);
  return [
    `The tenant ${slug} is there, and ${email} is invited to administer it.`,
    '',
    pairs({
      issuer: tenant['addresses'],
      'management API': `${publicUrl}/api/v1/tenants/${slug}`,
      'described at': `${publicUrl}/api/v1/openapi.json?tenant=${slug}`,
      'client for both': ADMIN_CLIENT_ID,
    }),
    '',
    `What is still missing: npx tenantry tenants readiness ${slug}`,
    ...waysOn(publicUrl, slug),
  ].join('\n');
}

function waysOn(publicUrl: string, slug: string): string[] {
  return [
    'The administrator signs in on any machine that has this command line:',
    `  npx tenantry login ${slug} --url ${publicUrl}`,
    'and may then do everything in this tenant, and nothing in another one. For example:',
    `  users create ${slug} alice`,
    `  clients create ${slug} --name Shop --redirect-uri https://shop.example/callback`,
  ];
}
