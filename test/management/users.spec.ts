import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { createTenant, getTokens, userinfo } from '../support/tenant-fixture.js';
import { adminOf } from '../support/management-access.js';

const AT = '/tenants/acme/users';
const PASSWORD = 'violet harbour 42 lanterns';

const platform = givenPlatform();

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
});

describe('POST /users', () => {
  it('answers 201 with the user, whose id is the sub of its tokens; never with the password', async () => {
    const claims = {
      name: 'Ada Lovelace',
      given_name: 'Ada',
      birthdate: '1815-12-10',
      zoneinfo: 'Europe/London',
      locale: 'en-GB',
      website: 'https://ada.test',
      address: { locality: 'London', country: 'GB' },
    };
    const account = { username: 'Ada', email: 'Ada@acme.test', email_verified: true, phone_number: '+442071234567' };
    const answer = await platform.operator.request('POST', AT, { ...account, ...claims, password: PASSWORD });
    expect(answer.status).toBe(201);
    const user = answer.json<{ id: string }>();
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      must_change_password: false,
      password_changed_at: expect.any(String),
      roles: [],
      attributes: {},
      ...account,
      ...claims,
      phone_number_verified: false,
      tenant_admin: false,
      enabled: true,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(answer.headers.location).toBe(`/api/v1${AT}/${user.id}`);
    expect(answer.headers.etag).toBe('"v1"');
    for (const path of [AT, `${AT}/${user.id}`]) {
      const { text } = await platform.operator.request('GET', path);
      expect(text).toContain(user.id);
      // Two members are about the password, and neither has it.
      const known = /"(must_change_password|password_changed_at)"/g;
      expect(text.replace(known, '')).not.toMatch(/password|argon2/);
    }
  });

  it('refuses a password that contains a word the tenant blocks, and names the member', async () => {
    const blocked = await platform.operator.patch('/tenants/acme', { policy: { password_blocked_words: ['Stapler'] } });
    expect(blocked['policy']).toEqual({ password_blocked_words: ['Stapler'] });
    const body = { username: 'milton', password: 'where is my red 5t@pl3r today' };
    const { errors } = expectProblem(await platform.operator.request('POST', AT, body), 400, 'validation-failed');
    expect(errors).toEqual([{ pointer: '/password', detail: expect.stringContaining('a blocked word in it') }]);
    for (const word of ['---', 'a.b', '!!!!']) {
      const policy = { password_blocked_words: [word] };
      const answer = await platform.operator.request('PATCH', '/tenants/acme', { policy }, { 'if-match': '*' });
      expect([word, answer.status]).toEqual([word, 400]);
    }
    await platform.operator.patch('/tenants/acme', { policy: null });
  });

  it.each([
    [{ username: 'BEA' }, '/username'],
    [{ username: 'bea@acme.test' }, '/username'],
    [{ username: 'somebody', email: 'Bea@ACME.test' }, '/email'],
    [{ username: 'somebody', email: 'bea@acme.test', name: 'Bea' }, '/email'],
  ])('refuses %j, which another user signs in with', async (body, pointer) => {
    await platform.operator.request('POST', AT, { username: 'bea', email: 'bea@acme.test' });
    const problem = expectProblem(await platform.operator.request('POST', AT, body), 409, 'conflict');
    expect(problem.errors).toEqual([{ pointer, detail: 'is the identifier of another user' }]);
  });

  it.each([
    [{}, '/username'],
    [{ username: '' }, '/username'],
    [{ username: null }, '/username'],
    [{ username: ['ada'] }, '/username'],
    [{ username: { $ne: '' } }, '/username'],
    [{ username: ' ada' }, '/username'],
    [{ username: 'a\u202eb' }, '/username'],
    [{ username: 'x'.repeat(129) }, '/username'],
    [{ username: 'u', password: 'short' }, '/password'],
    [{ username: 'u', password: 'passwordpassword' }, '/password'],
    [{ username: 'u', password: ['a'] }, '/password'],
    [{ username: 'u', password: null }, '/password'],
    [{ username: 'u', password: 'x'.repeat(3000) }, '/password'],
    [{ username: 'u', email: 'nobody' }, '/email'],
    [{ username: 'u', email: 7 }, '/email'],
    [{ username: 'u', email_verified: 'true' }, '/email_verified'],
    [{ username: 'u', phone_number: '044 123' }, '/phone_number'],
    [{ username: 'u', website: 'javascript:alert(1)' }, '/website'],
    [{ username: 'u', email: 'a\u202e@b.test' }, '/email'],
    [{ username: 'u', birthdate: '31.12.1990' }, '/birthdate'],
    [{ username: 'u', birthdate: '1990-99-99' }, '/birthdate'],
    [{ username: 'u', address: { formatted: 'a\u0007' } }, '/address/formatted'],
    [{ username: 'u', address: { street_address: 'a\u202eb' } }, '/address/street_address'],
    [{ username: 'u', zoneinfo: 'Mars/Olympus' }, '/zoneinfo'],
    [{ username: 'u', address: 'Main Street' }, '/address'],
    [{ username: 'u', address: [] }, '/address'],
    [{ username: 'u', address: { planet: 'Earth' } }, '/address/planet'],
    [{ username: 'u', address: { country: 7 } }, '/address/country'],
    [{ username: 'u', enabled: null }, '/enabled'],
    [{ username: 'u', sub: 'x' }, '/sub'],
    [{ username: 'u', password_hash: 'x' }, '/password_hash'],
  ])('refuses %j', async (body, pointer) => {
    expectInvalid(await platform.operator.request('POST', AT, body), pointer);
  });
});

describe('PATCH /users/{user_id}', () => {
  it('merges claims deeply and removes what is null', async () => {
    const body = { username: 'cleo', nickname: 'C', email: 'c@acme.test', address: { locality: 'Bern', region: 'BE' } };
    const { id } = await platform.operator.create(AT, body);
    const patch = { nickname: null, email: null, address: { region: null, country: 'CH' } };
    const changed = await platform.operator.patch(`${AT}/${String(id)}`, patch);
    expect(changed).toMatchObject({ username: 'cleo', email: null, address: { locality: 'Bern', country: 'CH' } });
    expect(changed).not.toHaveProperty('nickname');
    expect(changed['address']).not.toHaveProperty('region');
    // The address is free again.
    await platform.operator.create(AT, { username: 'other', email: 'c@acme.test' });
  });

  it.each([
    { username: null },
    { password: null },
    { email_verified: null },
    { phone_number_verified: null },
    { tenant_admin: null },
    { enabled: null },
  ])('refuses %j, which has no default', async (body) => {
    const { id } = await platform.operator.create(AT, { username: `n-${Object.keys(body)[0]}` });
    const answer = await platform.operator.request('PATCH', `${AT}/${String(id)}`, body);
    expectInvalid(answer, `/${Object.keys(body)[0]}`);
  });

  it('refuses the identifier of another user', async () => {
    const { id } = await platform.operator.create(AT, { username: 'dora' });
    await platform.operator.create(AT, { username: 'emil', email: 'emil@acme.test' });
    const path = `${AT}/${String(id)}`;
    const name = await platform.operator.request('PATCH', path, { username: 'Emil' });
    expect(expectProblem(name, 409, 'conflict').errors?.[0]?.pointer).toBe('/username');
    const mail = await platform.operator.request('PATCH', path, { email: 'EMIL@acme.test' });
    expect(expectProblem(mail, 409, 'conflict').errors?.[0]?.pointer).toBe('/email');
  });

  it.each([{ password: PASSWORD }, { enabled: false }])('ends what the user granted with %j', async (patch) => {
    const tenant = await createTenant(platform, 'password' in patch ? 'reset' : 'barred');
    const { access_token: token } = await getTokens(tenant);
    expect((await userinfo(tenant.issuer, String(token))).status).toBe(200);
    await platform.operator.patch(`/tenants/${tenant.slug}/users/${tenant.aliceId}`, patch);
    expect((await userinfo(tenant.issuer, String(token))).status).toBe(401);
  });

  it('lets only who may change the tenant touch administrators', async () => {
    const { id } = await platform.operator.create(AT, { username: 'boss', tenant_admin: true });
    const helpDesk = await adminOf(platform, 'acme', 'users:read users:write');
    const patch = { password: PASSWORD };
    const refused = await helpDesk.request('PATCH', `${AT}/${String(id)}`, patch);
    expect(expectProblem(refused, 403, 'permission-denied').detail).toMatch(/needs the scope tenants:/);
    expectProblem(await helpDesk.request('DELETE', `${AT}/${String(id)}`), 403, 'permission-denied');
    const made = await helpDesk.request('POST', AT, { username: 'boss2', tenant_admin: true });
    expectProblem(made, 403, 'permission-denied');
    await helpDesk.create(AT, { username: 'ordinary' });
  });
});

describe('GET /users', () => {
  it('finds a user by name or e-mail address, in any case, in full only', async () => {
    const { id } = await platform.operator.create(AT, { username: 'Frida', email: 'frida@acme.test' });
    for (const identifier of ['FRIDA', 'Frida@Acme.Test']) {
      const { data } = await platform.operator.get<{ data: object[] }>(`${AT}?identifier=${identifier}`);
      expect(data).toEqual([expect.objectContaining({ id })]);
    }
    expect((await platform.operator.get<{ data: object[] }>(`${AT}?identifier=frid`)).data).toEqual([]);
  });

  it('refuses an identifier that cannot be one', async () => {
    expectInvalid(await platform.operator.request('GET', `${AT}?identifier=a%00b`), 'identifier');
  });

  it.each(['nobody', '01900000-0000-7000-8000-000000000000', 'a%00b', '{id}', '1', 'undefined'])(
    'answers 404 for the id %s',
    async (id) => {
      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const body = method === 'PATCH' ? {} : undefined;
        expectProblem(await platform.operator.request(method, `${AT}/${id}`, body), 404, 'not-found');
      }
    },
  );

  it('removes a user', async () => {
    const { id } = await platform.operator.create(AT, { username: 'gone' });
    expect((await platform.operator.request('DELETE', `${AT}/${String(id)}`)).status).toBe(204);
    expectProblem(await platform.operator.request('GET', `${AT}/${String(id)}`), 404, 'not-found');
    await platform.operator.create(AT, { username: 'gone' });
  });
});
