import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectProblem } from '../support/problems.js';

const platform = givenPlatform();
let paths: Readonly<Record<'tenant' | 'client' | 'api' | 'user', string>>;

beforeAll(async () => {
  const { operator } = platform;
  await operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
  const made = async (path: string, body: object, member: string) =>
    `${path}/${String((await operator.create(path, body))[member])}`;
  paths = {
    tenant: '/tenants/acme',
    client: await made('/tenants/acme/clients', { grant_types: ['client_credentials'] }, 'client_id'),
    api: await made('/tenants/acme/apis', { identifier: 'https://a.test', display_name: 'A' }, 'id'),
    user: await made('/tenants/acme/users', { username: 'ada' }, 'id'),
  };
});

const CHANGES = {
  tenant: { display_name: 'New' },
  client: { client_name: 'New' },
  api: { display_name: 'New' },
  user: { name: 'New' },
} as const;
type Resource = keyof typeof CHANGES;
const RESOURCES = Object.keys(CHANGES) as Resource[];
const CONFIGURATION = RESOURCES.filter((resource) => resource !== 'user');

const read = async (resource: Resource, headers = {}) =>
  platform.operator.request('GET', paths[resource], undefined, headers);
const patch = (resource: Resource, ifMatch?: string) =>
  platform.operator.request('PATCH', paths[resource], CHANGES[resource], ifMatch ? { 'if-match': ifMatch } : {});

describe.each(RESOURCES)('a version of a %s', (resource) => {
  it('has a strong entity tag that changes with every change (RFC 9110 §8.8.3)', async () => {
    const { etag: before } = (await read(resource)).headers;
    expect(before).toMatch(/^"v\d+"$/);
    const changed = await patch(resource, before);
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(before);
    expect((await read(resource)).headers.etag).toBe(changed.headers.etag);
  });

  it('is not sent again to who has it (RFC 9110 §13.1.2)', async () => {
    const { etag = '' } = (await read(resource)).headers;
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await read(resource, { 'if-none-match': tags });
      expect([tags, answer.status, answer.text, answer.headers.etag]).toEqual([tags, 304, '', etag]);
    }
    expect((await read(resource, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each(['"v999"', 'W/"v1"', 'v1', '"v999", "v998"', '"v999", *', '"*"', '""', '"v1""v1"'])(
    'that is not %s is not changed or removed (412)',
    async (tag) => {
      const before = (await read(resource)).text;
      expectProblem(await patch(resource, tag), 412, 'version-mismatch');
      const removed = await platform.operator.request('DELETE', paths[resource], undefined, { 'if-match': tag });
      expectProblem(removed, 412, 'version-mismatch');
      expect((await read(resource)).text).toBe(before);
    },
  );

  it('is changed by one of two that read it', async () => {
    const { etag = '' } = (await read(resource)).headers;
    const statuses = await Promise.all([patch(resource, etag), patch(resource, etag)]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('may be any one (*)', async () => {
    expect((await patch(resource, '*')).status).toBe(200);
  });
});

describe('If-Match', () => {
  it.each(CONFIGURATION)('is needed to change a %s (428), because somebody’s work could be lost', async (resource) => {
    const before = (await read(resource)).text;
    expect(expectProblem(await patch(resource), 428, 'version-required').detail).toMatch(/If-Match/);
    expect((await read(resource)).text).toBe(before);
  });

  it('is not needed for users, whose members have one source each', async () => {
    expect((await patch('user')).status).toBe(200);
  });
});
