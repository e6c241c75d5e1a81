import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import { eventsOf } from '../support/audit.js';
import { TestBrowser } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { lastMailTo } from '../support/mails.js';
import { adminOf, managementPermission, operatorWith } from '../support/management-access.js';
import { ManagementClient } from '../support/management-client.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectProblem } from '../support/problems.js';
import { racingCall, race } from '../support/race.js';
import { type TenantFixture, WEB_REDIRECT, createTenant, getCode } from '../support/tenant-fixture.js';

const AT = '/tenants/acme';
const PASSWORD = 'violet harbour 42 lanterns';
const ALL = MANAGEMENT_SCOPES.map(({ name }) => name);
const except = (...names: string[]) => ALL.filter((name) => !names.includes(name)).join(' ');

let platform: Platform;
let acme: TenantFixture;
let operator: ManagementClient;
let consoleSecret: string;

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme');
  await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
  ({ operator } = platform);
  const console = {
    client_id: 'console',
    redirect_uris: [WEB_REDIRECT],
    scope: 'openid',
    permissions: [managementPermission(platform, except('keys:write'))],
  };
  consoleSecret = String((await operator.create(`${AT}/clients`, console))['client_secret']);
});
afterAll(() => platform.stop());

const roleOf = (kind: 'users' | 'clients', id: string, role: string) => `${AT}/${kind}/${id}/roles/${role}`;

async function give(id: string, role: string, kind: 'users' | 'clients' = 'users'): Promise<void> {
  const answer = await operator.request('PUT', roleOf(kind, id, role));
  if (answer.status !== 200) throw new Error(answer.text);
}

async function newRole(...permissions: string[]): Promise<string> {
  const name = `role-${randomUUID()}`;
  await operator.create(`${AT}/roles`, { name, display_name: 'A role', permissions });
  return name;
}

async function newUser(...roles: string[]): Promise<{ id: string; username: string }> {
  const body = { username: `user-${randomUUID()}`, password: PASSWORD };
  const user = await operator.create<{ id: string; username: string }>(`${AT}/users`, body);
  for (const role of roles) await give(user.id, role);
  return user;
}

/** What the token endpoint answers a user of the console who asks for these scopes. */
async function signIn(username: string, scope = 'users:read clients:read keys:write'): Promise<HttpAnswer> {
  const asked = { client_id: 'console', scope: `openid ${scope}`, resource: `${platform.url}/api` };
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), username, PASSWORD);
  const { code, verifier } = await getCode(acme.issuer, asked, browser);
  const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
  return postForm(`${acme.issuer}/token`, form, { authorization: basic('console', consoleSecret) });
}

/** A machine of the tenant that has a role and no permission of its own. */
async function machineWith(role: string): Promise<{ id: string; token: () => Promise<HttpAnswer> }> {
  const body = { grant_types: ['client_credentials'] };
  const { client_id: id, client_secret: secret } = await operator.create<Record<string, string>>(`${AT}/clients`, body);
  await give(String(id), role, 'clients');
  const form = { grant_type: 'client_credentials', resource: `${platform.url}/api` };
  const authorization = basic(String(id), String(secret));
  return { id: String(id), token: () => postForm(`${acme.issuer}/token`, form, { authorization }) };
}

const clientOf = (answer: HttpAnswer) => new ManagementClient(platform.url, String(answer.json()['access_token']));

describe('a token for the management API', () => {
  it('has what was asked for, what the client may ask for, and what the roles of the user allow', async () => {
    const user = await newUser('user_admin');
    const answer = await signIn(user.username, 'users:read users:write clients:read');
    expect(answer.json()['scope']).toBe('users:read users:write');
    expect(decodeJwt(String(answer.json()['access_token']))['scope']).toBe('users:read users:write');
    const admin = clientOf(answer);
    expect((await admin.request('GET', `${AT}/users`)).status).toBe(200);
    expectProblem(await admin.request('GET', `${AT}/clients`), 403, 'permission-denied');
    expectProblem(await admin.request('GET', '/tenants/globex/users'), 404, 'not-found');
  });

  it('loses what a role allowed at the moment the role is taken, and everything with the last one', async () => {
    const user = await newUser('user_admin', 'client_admin');
    const admin = clientOf(await signIn(user.username, 'users:read clients:read'));
    expect((await admin.request('GET', `${AT}/clients`)).status).toBe(200);
    expect((await operator.request('DELETE', roleOf('users', user.id, 'client_admin'))).status).toBe(204);
    expectProblem(await admin.request('GET', `${AT}/clients`), 403, 'permission-denied');
    expect((await admin.request('GET', `${AT}/users`)).status).toBe(200);
    expect((await operator.request('DELETE', roleOf('users', user.id, 'user_admin'))).status).toBe(204);
    expectProblem(await admin.request('GET', `${AT}/users`), 401, 'authentication-required');
  });

  it('follows a role of the tenant that is changed or deleted', async () => {
    const role = await newRole('users:read', 'clients:read');
    const user = await newUser(role);
    const admin = clientOf(await signIn(user.username, 'users:read clients:read'));
    expect((await admin.request('GET', `${AT}/clients`)).status).toBe(200);
    await operator.patch(`${AT}/roles/${role}`, { permissions: ['users:read'] });
    expectProblem(await admin.request('GET', `${AT}/clients`), 403, 'permission-denied');
    expect((await admin.request('GET', `${AT}/users`)).status).toBe(200);
    expect((await operator.request('DELETE', `${AT}/roles/${role}?force=true`)).status).toBe(204);
    expectProblem(await admin.request('GET', `${AT}/users`), 401, 'authentication-required');
  });

  it('is refused to whoever has no role, or none that allows what is asked for', async () => {
    const [nobody, designer] = [await newUser(), await newUser('branding')];
    for (const { username } of [nobody, designer]) {
      await expect(signIn(username, 'users:read')).rejects.toThrow('access_denied');
    }
  });

  it('is for a machine what its roles allow, in the process and by the feed of changes', async () => {
    const role = await newRole('users:read');
    const machine = await machineWith(role);
    const answer = await machine.token();
    expect(answer.json()['scope']).toBe('users:read');
    const client = clientOf(answer);
    expect((await client.request('GET', `${AT}/users`)).status).toBe(200);
    await operator.patch(`${AT}/roles/${role}`, { permissions: ['clients:read'] });
    expectProblem(await client.request('GET', `${AT}/users`), 401, 'authentication-required');
    expect((await machine.token()).json()['scope']).toBe('clients:read');
    // As another process does it.
    await platform.database.query(`UPDATE management_roles SET permissions = '{apis:read}' WHERE name = $1`, [role]);
    await changesHeard(platform);
    expect((await machine.token()).json()['scope']).toBe('apis:read');
    await platform.database.query('DELETE FROM management_role_assignments WHERE client_id = $1', [machine.id]);
    await changesHeard(platform);
    expect((await machine.token()).json()['error']).toBe('invalid_target');
  });
});

describe('nobody gives what they do not have', () => {
  const [first, second] = ['clients:read', 'apis:read'] as const;

  it.each([first, second])('without %s', async (missing) => {
    const role = await newRole(first, second);
    const spare = await newRole(first, second);
    const [user, holder] = [await newUser(), await newUser(role)];
    const machine = await machineWith(role);
    await operator.patch(AT, { policy: { sign_up: 'invitation' } });
    const tried = (caller: ManagementClient): Promise<HttpAnswer>[] => [
      caller.request('POST', `${AT}/roles`, { name: 'own', display_name: 'Own', permissions: [first, second] }),
      caller.request('PATCH', `${AT}/roles/${role}`, { permissions: [missing] }, { 'if-match': '*' }),
      caller.request('PATCH', `${AT}/roles/${role}`, { display_name: 'Other' }, { 'if-match': '*' }),
      caller.request('DELETE', `${AT}/roles/${spare}`),
      caller.request('PUT', roleOf('users', user.id, role)),
      caller.request('PUT', roleOf('clients', 'machine', role)),
      caller.request('DELETE', roleOf('users', holder.id, role)),
      caller.request('PUT', roleOf('users', holder.id, 'branding')),
      caller.request('DELETE', roleOf('clients', machine.id, role)),
      caller.request('POST', `${AT}/invitations`, { email: `${randomUUID()}@acme.test`, roles: [role] }),
      // And whoever has it is out of reach.
      caller.request('PATCH', `${AT}/users/${holder.id}`, { password: PASSWORD }),
      caller.request('PATCH', `${AT}/users/${holder.id}`, { enabled: false }),
      caller.request('POST', `${AT}/users/${holder.id}/password-reset-mail`),
      caller.request('POST', `${AT}/users/${holder.id}/set-password-mail`),
      caller.request('DELETE', `${AT}/users/${holder.id}/factors/totp`),
      caller.request('DELETE', `${AT}/users/${holder.id}`),
      caller.request('POST', `${AT}/clients/${machine.id}/secrets`),
      caller.request('PATCH', `${AT}/clients/${machine.id}`, { client_name: 'Mine' }, { 'if-match': '*' }),
      caller.request('DELETE', `${AT}/clients/${machine.id}`),
    ];
    const answers = await Promise.all(tried(await operatorWith(platform, except(missing))));
    for (const answer of answers) expectProblem(answer, 403, 'permission-denied');
    const enough = await operatorWith(
      platform,
      `roles:write users:write tenants:read branding:write ${first} ${second}`,
    );
    for (const method of ['PUT', 'DELETE']) {
      expect((await enough.request(method, roleOf('users', user.id, role))).status).toBeLessThan(300);
    }
  });

  it('whatever of an owner the caller lacks', async () => {
    const owner = await newUser('owner');
    const caller = await adminOf(platform, 'acme', except('audit:read'));
    for (const body of [{ nickname: 'x' }, { tenant_admin: false }, { enabled: false }]) {
      expectProblem(await caller.request('PATCH', `${AT}/users/${owner.id}`, body), 403, 'permission-denied');
    }
    expectProblem(await caller.request('DELETE', roleOf('users', owner.id, 'owner')), 403, 'permission-denied');
    expectProblem(await caller.request('PUT', roleOf('users', acme.aliceId, 'owner')), 403, 'permission-denied');
  });
});

describe('roles', () => {
  it('are those of operators at tenant system, and others elsewhere', async () => {
    const namesOf = async (slug: string) => {
      const { data } = await operator.get<{ data: { name: string; built_in: boolean }[] }>(`/tenants/${slug}/roles`);
      return data.filter(({ built_in: builtIn }) => builtIn).map(({ name }) => name);
    };
    expect(await namesOf('system')).toEqual(['owner', 'support', 'auditor']);
    expect(await namesOf('globex')).toEqual(['owner', 'client_admin', 'user_admin', 'branding', 'auditor']);
    expectProblem(await operator.request('PUT', roleOf('users', acme.aliceId, 'support')), 404, 'not-found');
    const role = await newRole('users:read');
    const { id } = await operator.create<{ id: string }>('/tenants/globex/users', { username: randomUUID() });
    expectProblem(await operator.request('PUT', `/tenants/globex/users/${id}/roles/${role}`), 404, 'not-found');
  });

  it('are listed in pages, and say who gave them', async () => {
    const all = await operator.get<{ data: { name: string }[] }>(`${AT}/roles?limit=200`);
    const names: string[] = [];
    let after = '';
    do {
      const page = await operator.get<{ data: { name: string }[]; page: { next: string | null } }>(
        `${AT}/roles?limit=3&after=${after}`,
      );
      names.push(...page.data.map(({ name }) => name));
      after = page.page.next ?? '';
    } while (after !== '');
    expect(names).toEqual(all.data.map(({ name }) => name));
    const user = await newUser('auditor');
    const { data } = await operator.get<{ data: object[] }>(`${AT}/users/${user.id}/roles`);
    expect(data).toEqual([{ role: 'auditor', given_by: 'client:operator@system', created_at: expect.any(String) }]);
  });

  it('move the version of who has them, and are recorded once', async () => {
    const user = await newUser();
    const path = `${AT}/users/${user.id}`;
    const { etag = '' } = (await operator.request('GET', path)).headers;
    const events = await eventsOf(operator, 'acme', async () => {
      await give(user.id, 'auditor');
      await give(user.id, 'auditor');
      await operator.request('DELETE', roleOf('users', user.id, 'auditor'));
      expectProblem(await operator.request('DELETE', roleOf('users', user.id, 'auditor')), 404, 'not-found');
    });
    expect(events.map(({ type, user_id: id, details }) => [type, id, details])).toEqual([
      ['role.given', user.id, { role: 'auditor', after: { role: 'auditor' } }],
      ['role.taken', user.id, { role: 'auditor', before: { role: 'auditor' } }],
    ]);
    const stale = await operator.request('PATCH', path, { nickname: 'x' }, { 'if-match': etag });
    expectProblem(stale, 412, 'version-mismatch');
  });

  it('of the member tenant_admin are the role owner, in both directions', async () => {
    const user = await newUser('auditor');
    const path = `${AT}/users/${user.id}`;
    expect(await operator.patch(path, { tenant_admin: true })).toMatchObject({ roles: ['auditor', 'owner'] });
    expect((await operator.get<{ data: object[] }>(`${path}/roles`)).data).toHaveLength(2);
    expect(await operator.patch(path, { tenant_admin: false })).toMatchObject({ roles: ['auditor'] });
    await give(user.id, 'owner');
    expect(await operator.get(path)).toMatchObject({ tenant_admin: true, roles: ['auditor', 'owner'] });
    expect((await operator.request('DELETE', roleOf('users', user.id, 'owner'))).status).toBe(204);
    expect(await operator.get(path)).toMatchObject({ tenant_admin: false, roles: ['auditor'] });
  });

  it('come with an invitation', async () => {
    const role = await newRole('users:read');
    await operator.patch(AT, { policy: { sign_up: 'invitation' } });
    const email = `${randomUUID()}@acme.test`;
    const wrong = await operator.request('POST', `${AT}/invitations`, { email, roles: ['support'] });
    expect(expectProblem(wrong, 400, 'validation-failed').errors?.[0]?.pointer).toBe('/roles');
    const gone = await newRole('clients:read');
    const invitation = { email, username: randomUUID(), name: 'Ada', roles: [role, 'auditor', gone] };
    expect(await operator.create(`${AT}/invitations`, invitation)).toMatchObject({ roles: invitation.roles });
    expect((await operator.request('DELETE', `${AT}/roles/${gone}`)).status).toBe(204);
    // Another role under its name, which nobody of the invitation was asked about.
    await operator.create(`${AT}/roles`, { name: gone, display_name: 'Anew', permissions: ['keys:write'] });
    const { link } = await lastMailTo(platform, acme, email);
    const browser = new TestBrowser();
    await browser.submit(await browser.open(link), 'sign-up-form', {
      new_password: PASSWORD,
      new_password_again: PASSWORD,
    });
    const { data } = await operator.get<{ data: object[] }>(`${AT}/users?identifier=${email}`);
    expect(data).toMatchObject([{ roles: ['auditor', role].sort(), tenant_admin: false }]);
  });

  it('that are built in stay, and so does one that somebody has', async () => {
    for (const [method, body] of [['PATCH', { display_name: 'Other' }], ['DELETE']] as const) {
      const answer = await operator.request(method, `${AT}/roles/auditor`, body, { 'if-match': '*' });
      expectProblem(answer, 409, 'conflict');
    }
    const role = await newRole('users:read');
    await newUser(role);
    const refused = await operator.request('DELETE', `${AT}/roles/${role}`);
    expect(expectProblem(refused, 409, 'conflict').detail).toContain('?force=true');
  });

  it.each(['a user', 'a client', 'a client by its own permission'])(
    'is taken from %s by nobody who lacks what else they have',
    async (holder) => {
      const [role, other] = [await newRole('users:read'), await newRole('keys:write')];
      if (holder === 'a user') await newUser(role, other);
      else {
        const body = {
          grant_types: ['client_credentials'],
          ...(holder !== 'a client' && { permissions: [managementPermission(platform, 'keys:write')] }),
        };
        const { client_id: id } = await operator.create(`${AT}/clients`, body);
        await give(String(id), role, 'clients');
        if (holder === 'a client') await give(String(id), other, 'clients');
      }
      const path = `${AT}/roles/${role}?force=true`;
      const weaker = await operatorWith(platform, except('keys:write'));
      expectProblem(await weaker.request('DELETE', path), 403, 'permission-denied');
      expect((await operator.request('DELETE', path)).status).toBe(204);
    },
  );
});

describe('a narrower scope', () => {
  it('is enough for branding and texts, and for nothing else of a tenant', async () => {
    const designer = await adminOf(platform, 'acme', 'branding:write');
    const change = (body: object) => designer.request('PATCH', AT, body, { 'if-match': '*' });
    expect((await change({ branding: { primary_color: '#143a6b' } })).status).toBe(200);
    const text = { texts: { 'signIn.title': 'Welcome' } };
    expect((await designer.request('PATCH', `${AT}/texts/en`, text, { 'if-match': '*' })).status).toBe(200);
    for (const body of [{ display_name: 'X' }, { policy: {}, branding: {} }, { status: 'suspended' }]) {
      expectProblem(await change(body), 403, 'permission-denied');
    }
    expectProblem(await designer.request('GET', AT), 403, 'permission-denied');
  });

  it('decides how pages look, and not where people type their passwords', async () => {
    const designer = await adminOf(platform, 'acme', 'branding:write');
    const change = (by: ManagementClient, path: string, body: object) =>
      by.request('PATCH', path, body, { 'if-match': '*' });
    const elsewhere = { branding: { password_reset_uri: 'https://evil.test/reset' } };
    for (const path of [AT, `${AT}/branding`]) {
      const refused = await change(designer, path, elsewhere);
      expectProblem(refused, 403, 'permission-denied');
      expect(refused.headers['www-authenticate']).toContain('scope="tenants:write"');
    }
    // Neither do they publish or bring back what somebody else decided.
    expect((await change(operator, `${AT}/branding`, elsewhere)).status).toBe(200);
    expectProblem(await designer.request('POST', `${AT}/branding/publish`, {}), 403, 'permission-denied');
    const { number } = await operator.create<{ number: number }>(`${AT}/branding/publish`, {});
    expect((await change(designer, AT, { branding: { primary_color: null } })).status).toBe(200);
    expectProblem(await change(designer, AT, { branding: null }), 403, 'permission-denied');
    expect((await change(operator, AT, { branding: { password_reset_uri: null } })).status).toBe(200);
    const back = `${AT}/branding/versions/${number}/revert`;
    expectProblem(await designer.request('POST', back), 403, 'permission-denied');
    expect((await change(designer, `${AT}/branding`, { branding: { primary_color: '#143a6b' } })).status).toBe(200);
    expect((await designer.request('POST', `${AT}/branding/publish`, {})).status).toBe(201);
  });

  it('is enough to help people, and not to change them', async () => {
    const support = await operatorWith(platform, 'users:recover');
    const user = await newUser();
    expectProblem(await support.request('DELETE', `${AT}/users/${user.id}/factors/totp`), 404, 'not-found');
    expectProblem(await support.request('POST', `${AT}/users/${user.id}/set-password-mail`), 409, 'conflict');
    for (const method of ['PATCH', 'DELETE']) {
      expectProblem(await support.request(method, `${AT}/users/${user.id}`), 403, 'permission-denied');
    }
  });
});

describe('the last owner', () => {
  /** An owner of a tenant of their own, who signed in. */
  async function ownersOf(slug: string, count: number) {
    await operator.create('/tenants', { slug, display_name: slug });
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const body = { username: `owner-${index}`, password: PASSWORD, tenant_admin: true };
      ids.push((await operator.create<{ id: string }>(`/tenants/${slug}/users`, body)).id);
    }
    return { ids, admin: await adminOf(platform, slug, ALL.join(' ')), at: `/tenants/${slug}/users` };
  }

  it('is neither removed, disabled nor stripped by the tenant; an operator can', async () => {
    const { ids, admin, at } = await ownersOf('hooli', 1);
    const path = `${at}/${ids[0]}`;
    const ways = (caller: ManagementClient): Promise<HttpAnswer>[] => [
      caller.request('PATCH', path, { tenant_admin: false }),
      caller.request('PATCH', path, { enabled: false }),
      caller.request('DELETE', path),
      caller.request('DELETE', `${path}/roles/owner`),
    ];
    for (const answer of await Promise.all(ways(admin))) expectProblem(answer, 409, 'conflict');
    expect(await operator.get(path)).toMatchObject({ tenant_admin: true, enabled: true, roles: ['owner'] });
    expect((await operator.request('DELETE', `${path}/roles/owner`)).status).toBe(204);
  });

  it('is left when all are taken at once, in every way', async () => {
    const { ids, admin, at } = await ownersOf('initech', 6);
    const requests = ids.map((id, index) => {
      if (index % 3 === 0) return racingCall(admin, 'DELETE', `${at}/${id}/roles/owner`);
      return index % 3 === 1
        ? racingCall(admin, 'DELETE', `${at}/${id}`)
        : racingCall(admin, 'PATCH', `${at}/${id}`, { tenant_admin: false });
    });
    const answers = await race([platform.config.listen.port], requests);
    expect(answers.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { data } = await operator.get<{ data: { tenant_admin: boolean }[] }>(at);
    expect(data.filter(({ tenant_admin: isOwner }) => isOwner)).toHaveLength(1);
  });
});

describe('programs of before', () => {
  it('make owners with the column tenant_admin alone', async () => {
    const user = await newUser('auditor');
    const roles = async () => (await operator.get<{ data: object[] }>(`${AT}/users/${user.id}/roles`)).data.length;
    for (const [value, count] of [
      [true, 2],
      [false, 1],
    ] as const) {
      await platform.database.query('UPDATE users SET tenant_admin = $1 WHERE id = $2', [value, user.id]);
      expect(await roles()).toBe(count);
    }
  });
});
