import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailableError } from '../../src/database/database-error.js';
import { Database } from '../../src/database/database.js';
import type { HttpAnswer } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import { operatorWith } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

interface Result {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly etag?: string;
  readonly location?: string;
  readonly replayed?: boolean;
  readonly problem?: {
    readonly type: string;
    readonly detail?: string;
    readonly errors?: readonly { pointer: string }[];
  };
}
interface Results {
  readonly results: readonly Result[];
  readonly succeeded: number;
  readonly failed: number;
}

const USERS = '/tenants/acme/users';
const platform = givenPlatform();

beforeAll(async () => {
  for (const slug of ['acme', 'globex']) await platform.operator.create('/tenants', { slug, display_name: slug });
});

const send = (
  operations: readonly object[],
  { path = USERS, key, client = platform.operator }: { path?: string; key?: string; client?: ManagementClient } = {},
): Promise<HttpAnswer> =>
  client.request('POST', `${path}/bulk`, { operations }, key === undefined ? {} : { 'idempotency-key': key });

async function bulk(operations: readonly object[], options: Parameters<typeof send>[1] = {}): Promise<Results> {
  const answer = await send(operations, options);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.json<Results>();
}

const newUser = async () => String((await platform.operator.create(USERS, { username: randomUUID() }))['id']);
const create = (username: string) => ({ op: 'create', data: { username } });
const statuses = ({ results }: Results) => results.map(({ status }) => status);

async function events(type: string, userId: string): Promise<number> {
  const path = `/tenants/acme/audit-events?type=${type}&user_id=${userId}`;
  return (await platform.operator.get<{ data: unknown[] }>(path)).data.length;
}

describe('POST /users/bulk', () => {
  it('does every kind of operation in order, with a result and an audit event each', async () => {
    const [id, group] = [await newUser(), await platform.operator.create('/tenants/acme/groups', { name: 'all' })];
    const groupId = group['id'];
    const done = await bulk([
      create(`new-${id}`),
      { op: 'update', id, data: { nickname: 'Al' } },
      { op: 'give_role', id, role: 'auditor' },
      { op: 'add_to_group', id, group_id: groupId },
      { op: 'disable', id },
      { op: 'enable', id },
      { op: 'remove_from_group', id, group_id: groupId },
      { op: 'take_role', id, role: 'auditor' },
      { op: 'delete', id },
    ]);
    expect(statuses(done)).toEqual([201, 200, 200, 200, 200, 200, 204, 204, 204]);
    expect([done.succeeded, done.failed]).toEqual([9, 0]);
    expect(done.results[0]?.location).toBe(`/api/v1${USERS}/${String(done.results[0]?.body?.['id'])}`);
    expect(done.results[1]?.body).toMatchObject({ nickname: 'Al' });
    expect([
      await events('user.updated', id),
      await events('role.given', id),
      await events('user.deleted', id),
    ]).toEqual([3, 1, 1]);
    expectProblem(await platform.operator.request('GET', `${USERS}/${id}`), 404, 'not-found');
  });

  it('tells of each what is wrong, and does the others', async () => {
    const id = await newUser();
    const name = randomUUID();
    const { results, succeeded, failed } = await bulk([
      create(name),
      create(name.toUpperCase()),
      { op: 'create', data: { username: 'x', email: 'nobody', tenant: 'globex' } },
      { op: 'create' },
      { op: 'update', id, if_match: '"77"', data: { nickname: 'B' } },
      { op: 'disable', id: randomUUID() },
      { op: 'give_role', id, role: 'no-such-role' },
      create(randomUUID()),
    ]);
    expect(results.map(({ status }) => status)).toEqual([201, 409, 400, 400, 412, 404, 404, 201]);
    expect([succeeded, failed]).toEqual([2, 6]);
    expect(results[2]?.problem?.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/email', '/tenant']);
  });

  it('reaches no user, group or role of another tenant', async () => {
    const id = await newUser();
    const path = '/tenants/globex/users';
    const { id: groupId } = await platform.operator.create<{ id: string }>('/tenants/acme/groups', { name: 'own' });
    const all = ['enable', 'disable', 'delete'].map((op) => ({ op, id }));
    const others = [
      { op: 'give_role', id, role: 'auditor' },
      { op: 'add_to_group', id, group_id: groupId },
    ];
    expect(statuses(await bulk([...all, { op: 'update', id, data: {} }, ...others], { path }))).toEqual(
      Array.from({ length: 6 }, () => 404),
    );
  });

  it('asks for the permissions of each operation', async () => {
    const client = await operatorWith(platform, 'users:read users:write');
    const id = await newUser();
    await bulk([{ op: 'give_role', id, role: 'owner' }]);
    const refused = await bulk(
      [
        { op: 'give_role', id, role: 'auditor' },
        { op: 'disable', id },
        { op: 'delete', id },
        { op: 'create', data: { username: randomUUID(), tenant_admin: true } },
        create(randomUUID()),
      ],
      { client },
    );
    expect(statuses(refused)).toEqual([403, 403, 403, 403, 201]);
    const reader = await operatorWith(platform, 'users:read');
    expectProblem(await send([create(randomUUID())], { client: reader }), 403, 'permission-denied');
  });

  it.each([
    ['nothing', []],
    ['too many', Array.from({ length: 101 }, () => create('x'))],
    ['an unknown operation', [{ op: 'drop', id: randomUUID() }]],
    ['an id that is none', [{ op: 'delete', id: 'alice' }]],
    ['an unknown member', [{ op: 'delete', id: randomUUID(), force: true }]],
    ['data that is a list', [{ op: 'create', data: [] }]],
    ['a text', ['create']],
    ['null', [null]],
  ])('refuses %s as a whole', async (_, operations) => {
    const answer = await send(operations as object[]);
    expect([answer.status, answer.json()['type']]).toEqual([400, 'urn:tenantry:problem:validation-failed']);
  });
});

describe('A bulk request while the database is away', () => {
  it('waits for it once, and says of the rest that it was not done', async () => {
    const operations = [1, 2, 3, 4, 5].map(() => create(randomUUID()));
    const database = platform.application.nest.get(Database);
    const change = database.change.bind(database);
    const tries = jest.spyOn(database, 'change').mockImplementation((tenantId, work) => {
      const isLost = tries.mock.calls.length > 1;
      return isLost ? Promise.reject(new DatabaseUnavailableError('No connection.')) : change(tenantId, work);
    });
    const key = randomUUID();
    try {
      const { results, succeeded, failed } = await bulk(operations, { key });
      expect([statuses({ results } as Results), succeeded, failed]).toEqual([[201, 503, 503, 503, 503], 1, 4]);
      expect(tries).toHaveBeenCalledTimes(2);
    } finally {
      tries.mockRestore();
    }
    expect(statuses(await bulk(operations, { key }))).toEqual([201, 201, 201, 201, 201]);
  });
});

describe('An Idempotency-Key of a bulk request', () => {
  it('repeats what was done, and does nothing twice', async () => {
    const key = randomUUID();
    const operations = [create(randomUUID()), create(randomUUID())];
    const [first, second] = [await bulk(operations, { key }), await bulk(operations, { key })];
    expect(statuses(first)).toEqual([201, 201]);
    expect(second.results).toEqual(first.results.map((result) => ({ ...result, replayed: true })));
  });

  it('goes on where a request was broken off', async () => {
    const key = randomUUID();
    const operations = [1, 2, 3, 4].map(() => create(randomUUID()));
    // The third one cannot be stored, as if the process had ended there.
    await platform.database.query(
      `CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.username >= '${operations[2]?.data.username}' AND NEW.username <= '${operations[2]?.data.username}'
         THEN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$`,
    );
    await platform.database.query('CREATE TRIGGER fault BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION fault()');
    expect(statuses(await bulk(operations, { key }))).toEqual([201, 201, 503, 201]);
    await platform.database.query('DROP TRIGGER fault ON users');
    const again = await bulk(operations, { key });
    expect(again.results.map(({ status, replayed }) => [status, replayed])).toEqual([
      [201, true],
      [201, true],
      [201, undefined],
      [201, true],
    ]);
  });

  it('belongs to one request', async () => {
    const key = randomUUID();
    await bulk([create(randomUUID())], { key });
    expectProblem(await send([create(randomUUID())], { key }), 422, 'key-reused');
    expectProblem(
      await send([{ op: 'enable', client_id: 'x' }], { key, path: '/tenants/acme/clients' }),
      422,
      'key-reused',
    );
  });

  it('makes each thing once when the same request comes many times at once', async () => {
    const key = randomUUID();
    const operations = [create(randomUUID()), create(randomUUID())];
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(operations, { key })));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const made = answers
      .filter(({ status }) => status === 200)
      .flatMap((answer) => answer.json<Results>().results)
      .filter(({ status, replayed }) => status === 201 && !replayed);
    expect(made).toHaveLength(2);
    expect(statuses(await bulk(operations, { key }))).toEqual([201, 201]);
  });
});

describe('POST /clients/bulk', () => {
  const path = '/tenants/acme/clients';

  it('disables, enables and deletes, each by itself', async () => {
    for (const id of ['one', 'two']) {
      await platform.operator.create(path, { client_id: id, grant_types: ['client_credentials'] });
    }
    const operations = [
      { op: 'disable', client_id: 'one' },
      { op: 'enable', client_id: 'one' },
      { op: 'delete', client_id: 'two' },
      { op: 'disable', client_id: 'two' },
      { op: 'disable', client_id: 'one', if_match: '"99"' },
    ];
    const done = await bulk(operations, { path });
    expect(statuses(done)).toEqual([200, 200, 204, 404, 412]);
    expect(done.results[0]?.body).toMatchObject({ enabled: false });
    expect(statuses(await bulk([{ op: 'delete', client_id: 'one' }], { path: '/tenants/globex/clients' }))).toEqual([
      404,
    ]);
    expectInvalid(await send([{ op: 'enable' }], { path }), '/operations/0/client_id');
  });
});
