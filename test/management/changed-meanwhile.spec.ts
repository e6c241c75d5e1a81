import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { duringChange } from '../support/concurrent-change.js';
import { managementPermission, operatorWith } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

const AT = '/tenants/acme/clients';

let platform: Platform;
let acme: TenantFixture;
let limited: ManagementClient;

beforeAll(async () => {
  platform = await startPlatform();
  acme = await createTenant(platform, 'acme');
  limited = await operatorWith(platform, 'clients:read clients:write users:write');
});
afterAll(() => platform.stop());

/** Refused for what the change made of it; where the database was slow, with the advice to come again. */
const REFUSED = [403, 503];

describe('a client that is given more while somebody with less changes it', () => {
  const newClient = async () => {
    const { client_id: id } = await platform.operator.create<{ client_id: string }>(AT, {
      grant_types: ['client_credentials'],
    });
    await platform.operator.create(`${AT}/${id}/secrets`, {});
    const { client_secrets: secrets } = await platform.operator.get<{ client_secrets: { id: string }[] }>(
      `${AT}/${id}`,
    );
    return { id, secret: String(secrets[0]?.id) };
  };
  const given = (id: string) => ({
    text: `UPDATE clients SET permissions = $2, version = version + 1 WHERE client_id = $1`,
    values: [id, JSON.stringify([{ api: 'management', scopes: ['keys:write'] }])],
  });

  it('gives it no secret, takes none, and keeps the client', async () => {
    const { id, secret } = await newClient();
    const refusedDeletion = await duringChange(platform, given(id), () =>
      limited.request('DELETE', `${AT}/${id}/secrets/${secret}`),
    );
    expect(REFUSED).toContain(refusedDeletion.status);
    const second = await newClient();
    expect(REFUSED).toContain(
      (await duringChange(platform, given(second.id), () => limited.request('DELETE', `${AT}/${second.id}`))).status,
    );
    const third = await platform.operator.create<{ client_id: string }>(AT, { grant_types: ['client_credentials'] });
    const path = `${AT}/${third.client_id}`;
    const answer = await duringChange(platform, given(third.client_id), () =>
      limited.request('POST', `${path}/secrets`),
    );
    expect(REFUSED).toContain(answer.status);
    expect((await platform.operator.get(path))['client_secrets']).toHaveLength(1);
    expect(await platform.operator.get(`${AT}/${second.id}`)).toMatchObject({
      permissions: [managementPermission(platform, 'keys:write')],
    });
    expect((await platform.operator.get(`${AT}/${id}`))['client_secrets']).toHaveLength(2);
  });
});

describe('a user who is made an administrator meanwhile', () => {
  it('is not deleted by somebody with less', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: 'bob' });
    const change = { text: 'UPDATE users SET tenant_admin = true WHERE id = $1', values: [id] };
    const answer = await duringChange(platform, change, () => limited.request('DELETE', `/tenants/acme/users/${id}`));
    expect(REFUSED).toContain(answer.status);
    expect(await platform.operator.get(`/tenants/acme/users/${id}`)).toMatchObject({ tenant_admin: true });
  });
});

describe('a scope that is taken from its API while a client is given it', () => {
  const newApi = async (name: string) => {
    const identifier = `https://${name}.acme.test`;
    const body = { identifier, display_name: name, scopes: [{ name, description: name }] };
    await platform.operator.create('/tenants/acme/apis', body);
    return identifier;
  };
  const ways: readonly [string, string][] = [
    ['the scope', `UPDATE apis SET scopes = '[]' WHERE identifier = $1`],
    ['the API', 'DELETE FROM apis WHERE identifier = $1'],
  ];

  it.each(ways)('is not left behind with a client that is changed: %s', async (what, text) => {
    const api = await newApi(what === 'the API' ? 'ships' : 'boats');
    const permissions = [{ api, scopes: [what === 'the API' ? 'ships' : 'boats'] }];
    const { client_id: id } = await platform.operator.create<{ client_id: string }>(AT, {
      grant_types: ['client_credentials'],
    });
    const answer = await duringChange(platform, { text, values: [api] }, () =>
      platform.operator.request('PATCH', `${AT}/${id}`, { permissions }, { 'if-match': '*' }),
    );
    expect([400, 503]).toContain(answer.status);
    expect(await platform.operator.get(`${AT}/${id}`)).toMatchObject({ permissions: [] });
  });

  it.each(ways)('is not left behind with a client that is made: %s', async (what, text) => {
    const name = what === 'the API' ? 'trains' : 'planes';
    const api = await newApi(name);
    const body = { grant_types: ['client_credentials'], client_id: name, permissions: [{ api, scopes: [name] }] };
    const answer = await duringChange(platform, { text, values: [api] }, () =>
      platform.operator.request('POST', AT, body),
    );
    expect([400, 503]).toContain(answer.status);
    expect((await platform.operator.request('GET', `${AT}/${name}`)).status).toBe(404);
  });
});

describe('the clients that may introspect the tokens of an API', () => {
  it('lose it when they are deleted: one that is made anew under the identifier inherits nothing', async () => {
    const list = async () => {
      const { data } = await platform.operator.get<{
        data: { identifier: string; introspection_client_ids: string[] }[];
      }>('/tenants/acme/apis');
      return data.find(({ identifier }) => identifier === acme.api)?.introspection_client_ids;
    };
    expect(await list()).toEqual(['orders-api']);
    await platform.operator.request('DELETE', `${AT}/orders-api`);
    expect(await list()).toEqual([]);
  });

  it.each(['', 'with space', 'bell\u0007', 'zero\u200bwidth', 'x'.repeat(201)])(
    'have identifiers, not %j',
    async (id) => {
      const body = { identifier: 'https://lists.acme.test', display_name: 'Lists', introspection_client_ids: [id] };
      expect((await platform.operator.request('POST', '/tenants/acme/apis', body)).status).toBe(400);
    },
  );
});
