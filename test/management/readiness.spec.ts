import { describe, expect, it } from '@jest/globals';
import {
  type ReadinessFacts,
  type ReadinessSubject,
  NOTHING_YET,
  assessReadiness,
  isReady,
} from '../../src/onboarding/readiness.js';
import { givenPlatform } from '../support/given.js';
import { adminOf, operatorWith } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

interface Report {
  readonly ready: boolean;
  readonly checks: readonly { name: string; state: string; detail: string; action: string | null; link: string }[];
}

const platform = givenPlatform();
const reportOf = (slug: string) => platform.operator.get<Report>(`/tenants/${slug}/readiness`);
const statesOf = ({ checks }: Report) => Object.fromEntries(checks.map(({ name, state }) => [name, state]));
const invitationsOf = (slug: string) =>
  platform.database.query(
    `SELECT i.email, i.tenant_admin FROM invitations i JOIN tenants t ON t.id = i.tenant_id WHERE t.slug = $1`,
    [slug],
  );

describe('The readiness of a tenant', () => {
  it('says what is missing, until nothing is', async () => {
    await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
    const first = await reportOf('acme');
    expect([first.ready, statesOf(first)]).toEqual([
      false,
      {
        status: 'ok',
        addresses: 'ok',
        keys: 'ok',
        mail: 'ok',
        administrator: 'missing',
        client: 'missing',
        redirect_uris: 'ok',
        branding: 'ok',
      },
    ]);
    for (const { state, action, link } of first.checks) {
      expect(link).toMatch(`${platform.url}/api/v1/tenants/acme`);
      expect(action === null).toBe(state === 'ok');
    }
    await platform.operator.create('/tenants/acme/users', { username: 'ada', tenant_admin: true });
    await platform.operator.create('/tenants/acme/clients', { redirect_uris: ['https://app.example/callback'] });
    expect(await reportOf('acme')).toMatchObject({ ready: true });
    await platform.operator.patch('/tenants/acme', {
      branding: { primary_color: '#ffee00' },
      status: 'suspended',
    });
    const later = await reportOf('acme');
    expect([later.ready, statesOf(later)]).toMatchObject([
      false,
      { status: 'missing', addresses: 'missing', branding: 'warning' },
    ]);
  });

  it('counts nothing of another tenant, and is shown to the tenant’s own administrators', async () => {
    await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    const admin = await adminOf(platform, 'globex', 'tenants:read');
    const { status, text } = await admin.request('GET', '/tenants/globex/readiness');
    expect(status).toBe(200);
    expect(text).not.toContain('acme');
    expect(statesOf(await reportOf('globex'))).toMatchObject({ administrator: 'missing' });
    expectProblem(await admin.request('GET', '/tenants/acme/readiness'), 404, 'not-found');
  });
});

describe('POST /tenants with an admin', () => {
  const admin = { email: 'ada@initech.test', name: 'Ada' };

  it('makes the tenant and its invitation together, and answers with its readiness', async () => {
    const made = await platform.operator.create('/tenants', { slug: 'initech', display_name: 'Initech', admin });
    expect(made).toMatchObject({
      issuer: `${platform.url}/t/initech`,
      policy: { sign_up: 'invitation' },
      readiness: { ready: false },
    });
    expect(statesOf(made['readiness'] as Report)).toEqual(statesOf(await reportOf('initech')));
    expect(statesOf(await reportOf('initech'))).toMatchObject({ administrator: 'warning', client: 'missing' });
    expect(await invitationsOf('initech')).toEqual([{ email: 'ada@initech.test', tenant_admin: true }]);
    const { data } = await platform.operator.get<{ data: { template: string }[] }>('/tenants/initech/mail');
    expect(data.map(({ template }) => template)).toEqual(['invitation']);
  });

  it('makes neither when the invitation cannot be stored', async () => {
    await platform.database.query(`
      CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER fault BEFORE INSERT ON mails FOR EACH ROW EXECUTE FUNCTION fault()`);
    const answer = await platform.operator.request('POST', '/tenants', { slug: 'hooli', display_name: 'Hooli', admin });
    await platform.database.query('DROP TRIGGER fault ON mails; DROP FUNCTION fault()');
    expectProblem(answer, 503, 'unavailable');
    expectProblem(await platform.operator.request('GET', '/tenants/hooli'), 404, 'not-found');
    await platform.operator.create('/tenants', { slug: 'hooli', display_name: 'Hooli', admin });
  });

  it.each([
    [{ admin: { email: 'nobody' } }, '/admin/email'],
    [{ admin: {} }, '/admin/email'],
    [{ admin: 'ada@initech.test' }, '/admin'],
    [{ admin: { ...admin, tenant_admin: false } }, '/admin/tenant_admin'],
    [{ admin, policy: { sign_up: 'closed' } }, '/policy/sign_up'],
  ])('refuses %j', async (body, pointer) => {
    const tenant = { slug: 'refused', display_name: 'Refused', ...body };
    expectInvalid(await platform.operator.request('POST', '/tenants', tenant), pointer);
  });

  it('takes every permission that an administrator may have', async () => {
    const limited = await operatorWith(platform, 'tenants:read tenants:write');
    const body = { slug: 'limited', display_name: 'Limited' };
    expectProblem(await limited.request('POST', '/tenants', { ...body, admin }), 403, 'permission-denied');
    expect((await limited.request('POST', '/tenants', body)).status).toBe(201);
  });
});

describe('The checks', () => {
  const subject: ReadinessSubject = {
    status: 'active',
    branding: {},
    hasKeys: true,
    addresses: { all: ['https://a.test'], answering: ['https://a.test'] },
    platform: { production: true, hasSmtp: true },
  };
  const facts: ReadinessFacts = {
    ...NOTHING_YET,
    administrators: true,
    clients: [{ clientId: 'web', redirects: true, redirectUris: ['https://app.test/cb'] }],
  };
  const web = (...redirectUris: string[]) => ({ clients: [{ clientId: 'web', redirects: true, redirectUris }] });

  it('of a complete tenant are all in order', () => {
    expect(assessReadiness(subject, facts).filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it.each<[string, string, Partial<ReadinessSubject>, Partial<ReadinessFacts>]>([
    ['keys', 'missing', { hasKeys: false }, {}],
    ['mail', 'missing', { platform: { production: true, hasSmtp: false } }, {}],
    ['mail', 'warning', {}, { lastMail: { state: 'failed', reply: '550 no such user' } }],
    ['addresses', 'warning', {}, { failingDomains: [{ domain: 'login.a.test', lapsesAt: '2026-03-08T12:00:00Z' }] }],
    ['addresses', 'missing', { addresses: { all: ['https://a.test'], answering: [] } }, {}],
    ['redirect_uris', 'missing', {}, web()],
    ['redirect_uris', 'warning', {}, web('http://127.0.0.1/cb', 'http://[::1]:8080/cb')],
    ['redirect_uris', 'ok', {}, web('http://127.0.0.1/cb', 'com.example.app:/cb')],
    ['redirect_uris', 'ok', {}, web('http://localhost.evil.test/cb')],
    ['branding', 'warning', { branding: { primaryColor: '#FFEE00' } }, {}],
    ['branding', 'ok', { branding: { primaryColor: '#0a7d5a' } }, {}],
  ])('%s: %s', (name, state, changedSubject, changedFacts) => {
    const checks = assessReadiness({ ...subject, ...changedSubject }, { ...facts, ...changedFacts });
    expect(checks.find((check) => check.name === name)?.state).toBe(state);
    expect(isReady(checks)).toBe(state !== 'missing');
  });
});
