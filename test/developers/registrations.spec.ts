import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventsOf } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import { type Shown, type TestDeveloper, decide, newDeveloper } from './developer-fixture.js';

const POLICY = {
  developer_registration: 'with_approval',
  developer_redirect_hosts: ['*.acme.test'],
  developer_scopes: ['openid', 'profile', 'email', 'offline_access', 'https://api.acme.test orders:read'],
  developer_max_clients: 1000,
  mail_recipient_hourly_limit: 100,
};

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', POLICY);
const globex = givenTenant(platform, 'globex', POLICY);
let ada: TestDeveloper;
let bob: TestDeveloper;

beforeAll(async () => {
  ada = await newDeveloper(platform, acme, { email: 'ada@acme.test' });
  bob = await newDeveloper(platform, acme);
});

const path = (id: string) => `/tenants/acme/client-registrations/${id}`;
const review = (id: string) => platform.operator.get<Shown>(path(id));
const approve = (id: string) => decide(platform, 'acme', id, 'approval');
async function approved(body?: object): Promise<Shown> {
  const { id } = await ada.submitted(body);
  const answer = await approve(id);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json<Shown>();
}
const pointer = (answer: HttpAnswer) => [
  answer.status,
  answer.json<{ errors?: { pointer: string }[] }>().errors?.[0]?.pointer,
];
const useSecret = (clientId: string, secret: string) =>
  postForm(
    `${acme.issuer}/token`,
    { grant_type: 'authorization_code', code: 'x' },
    { authorization: basic(clientId, secret) },
  );

describe('a client that a developer registers', () => {
  it('goes from draft to pending to approved, and only then exists', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const draft = await ada.draft();
      expect(draft).toMatchObject({ state: 'draft', client: null, proposal: { grant_types: ['authorization_code'] } });
      const clientPath = `/tenants/acme/clients/${draft.client_id}`;
      expect((await platform.operator.request('GET', clientPath)).status).toBe(404);
      expect((await ada.ok('POST', `/clients/${draft.id}/submission`)).state).toBe('pending');
      expect((await platform.operator.request('GET', clientPath)).status).toBe(404);
      const answer = await approve(draft.id);
      expect(answer.json()).toMatchObject({ state: 'approved', proposal: null, client: { client_name: 'Shop' } });
      const client = await platform.operator.get<object>(clientPath);
      expect(client).toMatchObject({ reviewed: true, first_party: false, client_secrets: [] });
    });
    expect(events.map(({ type }) => type)).toEqual([
      'client_registration.created',
      'client_registration.submitted',
      'client_registration.approved',
    ]);
  });

  it('has two overlapping secrets, which its owner alone sees, once', async () => {
    const { id, client_id: clientId } = await approved();
    const one = await ada.call('POST', `/clients/${id}/secrets`);
    const { client_secret: secret, id: secretId } = one.json<{ client_secret: string; id: string }>();
    expect(one.status).toBe(201);
    expect((await useSecret(clientId, secret)).json()).toMatchObject({ error: 'invalid_grant' });
    const other = (await ada.call('POST', `/clients/${id}/secrets`)).json<{ client_secret: string }>();
    expect((await useSecret(clientId, other.client_secret)).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await ada.call('POST', `/clients/${id}/secrets`)).status).toBe(409);
    expect(JSON.stringify([await ada.show(id), await review(id)])).not.toContain(secret);
    expect((await ada.call('DELETE', `/clients/${id}/secrets/${secretId}`)).status).toBe(204);
    expect((await useSecret(clientId, secret)).json()).toMatchObject({ error: 'invalid_client' });
    const [left] = (await ada.show(id)).client_secrets;
    expect((await ada.call('DELETE', `/clients/${id}/secrets/${left?.id}`)).status).toBe(409);
  });

  it('has no secret before there is a client', async () => {
    const { id } = await ada.submitted();
    expect((await ada.call('POST', `/clients/${id}/secrets`)).status).toBe(409);
  });

  it('is rejected with a reason, changed, and handed in again', async () => {
    const { id } = await ada.submitted();
    expect((await decide(platform, 'acme', id, 'rejection', { reason: 'Use the shop’s host.' })).status).toBe(200);
    expect(await ada.show(id)).toMatchObject({ state: 'rejected', reason: 'Use the shop’s host.', client: null });
    expect((await approve(id)).status).toBe(409);
    expect((await ada.patch(id, { redirect_uris: ['https://shop2.acme.test/cb'] })).json()).toMatchObject({
      state: 'draft',
      reason: null,
    });
    expect((await ada.ok('POST', `/clients/${id}/submission`)).state).toBe('pending');
    expect((await ada.ok('DELETE', `/clients/${id}/submission`)).state).toBe('draft');
  });
});

describe('an approved client', () => {
  it('goes on as it is while a sensitive change is reviewed, which shows member by member', async () => {
    const { id, client_id: clientId } = await approved();
    const uris = ['https://shop.acme.test/cb', 'https://new.acme.test/cb'];
    const edited = await ada.patch(id, { redirect_uris: uris, contacts: ['shop@acme.test'] });
    expect(edited.json()).toMatchObject({ state: 'pending', client: { redirect_uris: [uris[0]] } });
    const seen = await review(id);
    expect(seen.changes).toMatchObject([
      { member: 'redirect_uris', before: [uris[0]], after: uris, added: [uris[1]], removed: [], sensitive: true },
      { member: 'contacts', sensitive: false },
    ]);
    const before = await platform.operator.get<{ redirect_uris: string[] }>(`/tenants/acme/clients/${clientId}`);
    expect(before.redirect_uris).toEqual([uris[0]]);
    expect((await approve(id)).json()).toMatchObject({ state: 'approved', client: { redirect_uris: uris } });
  });

  it('takes harmless changes and less than it has at once', async () => {
    const { id } = await approved({ redirect_uris: ['https://a.acme.test/cb', 'https://b.acme.test/cb'] });
    const answer = await ada.patch(id, { redirect_uris: ['https://a.acme.test/cb'], software_version: '2' });
    expect(answer.json()).toMatchObject({
      state: 'approved',
      client: { redirect_uris: ['https://a.acme.test/cb'], software_version: '2' },
    });
  });

  it('is as it was when a change of it is rejected or taken back', async () => {
    const { id } = await approved();
    await ada.patch(id, { client_name: 'Bank' });
    expect((await decide(platform, 'acme', id, 'rejection', { reason: 'No.' })).json()).toMatchObject({
      state: 'rejected',
      client: { client_name: 'Shop' },
    });
    expect(await ada.ok('DELETE', `/clients/${id}/submission`)).toMatchObject({ state: 'approved', proposal: null });
  });

  it('is suspended at once and resumed, and its owner cannot resume it', async () => {
    const { id, client_id: clientId } = await approved();
    const { client_secret: secret } = (await ada.call('POST', `/clients/${id}/secrets`)).json<{
      client_secret: string;
    }>();
    const suspended = await platform.operator.request('PUT', `${path(id)}/suspension`, { reason: 'Abuse.' });
    expect(suspended.json()).toMatchObject({ state: 'suspended', suspended: true });
    expect((await useSecret(clientId, secret)).json()).toMatchObject({ error: 'invalid_client' });
    expect(pointer(await ada.patch(id, { enabled: true }))).toEqual([400, '/enabled']);
    await ada.patch(id, { software_version: '3' });
    expect((await ada.show(id)).state).toBe('suspended');
    const list = await platform.operator.get<{ data: Shown[] }>('/tenants/acme/client-registrations?state=suspended');
    expect(list.data.map((one) => one.id)).toEqual([id]);
    expect((await platform.operator.request('DELETE', `${path(id)}/suspension`)).status).toBe(200);
    expect((await useSecret(clientId, secret)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('that an administrator gave power to is no longer its owners’ to change', async () => {
    const { id, client_id: clientId } = await approved();
    await platform.operator.request('PUT', `/tenants/acme/clients/${clientId}/roles/auditor`);
    expect((await ada.call('POST', `/clients/${id}/secrets`)).status).toBe(409);
    expect((await ada.patch(id, { software_version: '2' })).status).toBe(409);
    expect((await ada.call('DELETE', `/clients/${id}`)).status).toBe(409);
    const weak = await adminOf(platform, 'acme', 'clients:read clients:write');
    expect((await weak.request('PUT', `${path(id)}/suspension`, {})).status).toBe(403);
  });

  it('goes with its registration, whoever deletes it', async () => {
    const { id, client_id: clientId } = await approved();
    expect((await platform.operator.request('DELETE', `/tenants/acme/clients/${clientId}`)).status).toBe(204);
    expect((await ada.call('GET', `/clients/${id}`)).status).toBe(404);
    const other = await approved();
    expect((await ada.call('DELETE', `/clients/${other.id}`)).status).toBe(204);
    expect((await platform.operator.request('GET', `/tenants/acme/clients/${other.client_id}`)).status).toBe(404);
  });
});

describe('ceilings', () => {
  it.each<[string, object, string]>([
    ['a grant that is not named', { grant_types: ['client_credentials'] }, '/grant_types'],
    ['a scope that is not named', { scope: 'openid address' }, '/scope'],
    [
      'a scope of an API that is not named',
      { permissions: [{ api: 'https://api.acme.test', scopes: ['orders:write'] }] },
      '/permissions',
    ],
    ['another host', { redirect_uris: ['https://evil.test/cb'] }, '/redirect_uris/0'],
    ['the domain itself', { redirect_uris: ['https://acme.test/cb'] }, '/redirect_uris/0'],
    ['a host that only ends alike', { redirect_uris: ['https://evilacme.test/cb'] }, '/redirect_uris/0'],
    ['loopback of a web application', { redirect_uris: ['http://localhost/cb'] }, '/redirect_uris/0'],
    ['a way out after sign-out', { post_logout_redirect_uris: ['https://evil.test/'] }, '/post_logout_redirect_uris/0'],
    ['a private-use scheme', { application_type: 'native', redirect_uris: ['com.evil.app:/cb'] }, '/redirect_uris/0'],
    ['what administrators decide', { first_party: true }, '/first_party'],
    ['a wrong type', { redirect_uris: 'https://shop.acme.test/cb' }, '/redirect_uris'],
  ])('refuse %s', async (_, body, where) => {
    const answer = await ada.call('POST', '/clients', { redirect_uris: ['https://shop.acme.test/cb'], ...body });
    expect(pointer(answer)).toEqual([400, where]);
  });

  it('never let the management API through, even if they name it', async () => {
    const api = `${platform.url}/api`;
    await platform.operator.patch('/tenants/globex', { policy: { developer_scopes: ['openid', `${api} users:read`] } });
    const eve = await newDeveloper(platform, globex);
    const answer = await eve.call('POST', '/clients', {
      redirect_uris: ['https://x.acme.test/cb'],
      permissions: [{ api, scopes: ['users:read'] }],
    });
    expect(pointer(answer)).toEqual([400, '/permissions']);
  });

  it('let native applications use the loopback address', async () => {
    const draft = await ada.draft({ application_type: 'native', redirect_uris: ['http://127.0.0.1/cb'] });
    expect(draft.proposal).toMatchObject({ token_endpoint_auth_method: 'none' });
  });

  it('that became lower since stop an approval', async () => {
    const { id } = await ada.submitted({ permissions: [{ api: 'https://api.acme.test', scopes: ['orders:read'] }] });
    await platform.operator.patch('/tenants/acme', { policy: { developer_scopes: ['openid'] } });
    expect((await approve(id)).status).toBe(409);
    await platform.operator.patch('/tenants/acme', { policy: { developer_scopes: POLICY.developer_scopes } });
    expect((await approve(id)).status).toBe(200);
  });

  it('limit how many clients one person owns, even at once', async () => {
    await platform.operator.patch('/tenants/globex', { policy: { developer_max_clients: 2, developer_scopes: null } });
    const eve = await newDeveloper(platform, globex);
    const draft = { redirect_uris: ['https://x.acme.test/cb'] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => eve.call('POST', '/clients', draft)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
  });
});

describe('who may', () => {
  it('nobody where it is off, and members of the named groups', async () => {
    const eve = await newDeveloper(platform, globex);
    await platform.operator.patch('/tenants/globex', { policy: { developer_registration: 'off' } });
    expect((await eve.call('POST', '/clients', {})).status).toBe(403);
    expect((await eve.call('GET', '/clients')).status).toBe(403);
    const policy = { developer_registration: 'with_approval', developer_groups: ['developers'] };
    await platform.operator.patch('/tenants/globex', { policy });
    expect((await eve.call('GET', '/clients')).status).toBe(403);
    const { id } = await platform.operator.create<{ id: string }>('/tenants/globex/groups', { name: 'developers' });
    await platform.operator.request('PUT', `/tenants/globex/groups/${id}/members/${eve.userId}`);
    expect((await eve.call('GET', '/clients')).status).toBe(200);
    await platform.operator.patch('/tenants/globex', { policy: { developer_groups: null } });
  });

  it('sees and changes what they own, and nothing of others or of another tenant', async () => {
    const { id } = await ada.submitted();
    const eve = await newDeveloper(platform, globex);
    for (const stranger of [bob, eve]) {
      for (const [method, at] of [
        ['GET', ''],
        ['PATCH', ''],
        ['DELETE', ''],
        ['POST', '/submission'],
        ['DELETE', '/submission'],
        ['POST', '/secrets'],
        ['GET', '/redirect-test?redirect_uri=x'],
      ] as const) {
        const answer = await stranger.call(method, `/clients/${id}${at}`, method === 'PATCH' ? {} : undefined);
        expect([method, at, answer.status]).toEqual([method, at, 404]);
      }
    }
    expect((await platform.operator.request('GET', `/tenants/globex/client-registrations/${id}`)).status).toBe(404);
  });

  it('is asked for the version, in both APIs', async () => {
    const { id } = await ada.submitted();
    expect((await ada.call('PATCH', `/clients/${id}`, {})).status).toBe(428);
    expect((await ada.call('PATCH', `/clients/${id}`, {}, { 'if-match': '"v9"' })).status).toBe(412);
    expect((await platform.operator.request('PUT', `${path(id)}/approval`)).status).toBe(428);
  });
});

describe('at once', () => {
  it('an approval and an edit: only what was seen is approved', async () => {
    const { id } = await ada.submitted();
    const { headers } = await platform.operator.request('GET', path(id));
    await ada.patch(id, { redirect_uris: ['https://other.acme.test/cb'] });
    const late = await platform.operator.request('PUT', `${path(id)}/approval`, undefined, {
      'if-match': String(headers['etag']),
    });
    expect(late.status).toBe(412);
    const racing = await Promise.all([approve(id), ada.patch(id, { redirect_uris: ['https://third.acme.test/cb'] })]);
    expect(racing.map(({ status }) => status).every((status) => [200, 412].includes(status))).toBe(true);
    const { client } = await ada.show(id);
    if (racing[0].status === 200) expect(client?.['redirect_uris']).toEqual(['https://other.acme.test/cb']);
    else expect(client).toBeNull();
  });

  it.each(['new', 'known'])('five approvals of a %s client: one of them did it', async (which) => {
    const { id } = which === 'new' ? await ada.submitted() : await approved();
    if (which === 'known') await ada.patch(id, { client_name: 'Other' });
    const { headers } = await platform.operator.request('GET', path(id));
    const ifMatch = { 'if-match': String(headers['etag']) };
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => platform.operator.request('PUT', `${path(id)}/approval`, undefined, ifMatch)),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect(statuses.slice(1).every((status) => status === 409 || status === 412)).toBe(true);
    });
    expect(events.map(({ type }) => type)).toEqual(['client_registration.approved']);
  });
});

describe('without approval', () => {
  it('what is within the ceilings holds at once, and is not called reviewed', async () => {
    await platform.operator.patch('/tenants/globex', {
      policy: { developer_registration: 'without_approval', developer_max_clients: 100 },
    });
    const eve = await newDeveloper(platform, globex);
    const { id, client_id: clientId, state } = await eve.submitted();
    expect(state).toBe('approved');
    const at = `/tenants/globex/clients/${clientId}`;
    expect(await platform.operator.get(at)).toMatchObject({ client_name: 'Shop', reviewed: false });
    await platform.operator.patch(at, { reviewed: true });
    expect((await eve.patch(id, { client_name: 'Bank' })).json()).toMatchObject({ state: 'approved' });
    expect(await platform.operator.get(at)).toMatchObject({ client_name: 'Bank', reviewed: false });
  });
});
