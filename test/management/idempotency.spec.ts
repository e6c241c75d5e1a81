import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { adminOf } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

const AT = '/tenants/acme/clients';
const MACHINE = { grant_types: ['client_credentials'] };

const platform = givenPlatform();

beforeAll(async () => {
  for (const slug of ['acme', 'globex']) await platform.operator.create('/tenants', { slug, display_name: slug });
});

const post = (key: string, body: object = MACHINE, path = AT, caller: ManagementClient = platform.operator) =>
  caller.request('POST', path, body, { 'idempotency-key': key });
const countClients = async (slug = 'acme') =>
  (await platform.operator.get<{ data: object[] }>(`/tenants/${slug}/clients?limit=200`)).data.length;

describe('Idempotency-Key', () => {
  it('repeats the first answer, secret and all, and does nothing twice', async () => {
    const key = randomUUID();
    const first = await post(key);
    const before = await countClients();
    const second = await post(key);
    expect(second.status).toBe(201);
    expect(second.json()).toEqual(first.json());
    expect(second.json()['client_secret']).toEqual(expect.any(String));
    expect(second.headers.location).toBe(first.headers.location);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(await countClients()).toBe(before);
  });

  it('keeps the answer sealed', async () => {
    const secret = String((await post(randomUUID())).json()['client_secret']);
    const rows = await platform.database.query<{ response: Buffer | null }>('SELECT response FROM idempotency_keys');
    for (const { response } of rows) expect(response?.includes(secret)).toBe(false);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('is refused with another body or another address (422)', async () => {
    const key = randomUUID();
    await post(key);
    expectProblem(await post(key, { ...MACHINE, client_name: 'Other' }), 422, 'key-reused');
    expectProblem(await post(key, MACHINE, '/tenants/globex/clients'), 422, 'key-reused');
  });

  it('makes one thing of many requests at once', async () => {
    const key = randomUUID();
    const before = await countClients();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(key)));
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expectProblem(answer, 409, 'conflict');
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1);
    expect(await countClients()).toBe(before + 1);
  });

  it('may be used again after a request that was refused', async () => {
    const key = randomUUID();
    expectInvalid(await post(key, {}), '/redirect_uris');
    expect((await post(key)).status).toBe(201);
  });

  it('belongs to its caller alone', async () => {
    const key = randomUUID();
    const scope = 'clients:read clients:write';
    const [admin, other] = [await adminOf(platform, 'acme', scope), await adminOf(platform, 'acme', scope)];
    const ids = [await post(key), await post(key, MACHINE, AT, admin), await post(key, MACHINE, AT, other)];
    expect(new Set(ids.map((answer) => answer.json()['client_id'])).size).toBe(3);
    const globex = await adminOf(platform, 'globex', scope);
    const elsewhere = await post(key, MACHINE, '/tenants/globex/clients', globex);
    expect(elsewhere.headers['idempotent-replayed']).toBeUndefined();
    expect(elsewhere.status).toBe(201);
  });

  it.each(['', 'a b', 'x'.repeat(256), 'ä'])('is refused when it is %j', async (key) => {
    expectInvalid(await post(key), 'Idempotency-Key');
  });
});
