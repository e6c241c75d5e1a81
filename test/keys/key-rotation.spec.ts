import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { send } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import {
  type TenantFixture,
  type TokenAnswer,
  clientCredentials,
  createTenant,
  introspect,
} from '../support/tenant-fixture.js';

const platform = givenPlatform();
let acme: TenantFixture;
let count = 0;

beforeEach(async () => {
  acme = await createTenant(platform, `acme-${(count += 1)}`);
});

async function issue(): Promise<{ token: string; kid: string }> {
  const answer = (await clientCredentials(acme, { scope: 'orders:read' })).json<TokenAnswer>();
  const token = String(answer['access_token']);
  return { token, kid: String(decodeProtectedHeader(token).kid) };
}

async function publishedKids(): Promise<string[]> {
  return (await send(`${acme.issuer}/jwks`)).json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
}

async function rotate(): Promise<void> {
  const answer = await platform.operator.request('POST', `/tenants/${acme.slug}/keys/rotate`, {});
  expect(answer.status).toBe(200);
}

describe('the rotation of signing keys', () => {
  it('never signs with a key that was not published before', async () => {
    for (let rotation = 0; rotation < 3; rotation += 1) {
      const before = await publishedKids();
      await rotate();
      expect(before).toContain((await issue()).kid);
    }
  });

  it('lets the waiting key take over at once, and the next one only when verifiers can know it', async () => {
    const first = await issue();
    await rotate();
    const second = await issue();
    expect(second.kid).not.toBe(first.kid);
    await rotate();
    // The key that waits now was published a moment ago.
    expect((await issue()).kid).toBe(second.kid);
    const [row] = await platform.database.query<{ seconds: number }>(
      'SELECT extract(epoch FROM signs_until - now())::int AS seconds FROM signing_keys WHERE tenant_id = $1 AND kid = $2',
      [acme.id, second.kid],
    );
    expect(row?.seconds).toBeGreaterThan(290);
    expect(row?.seconds).toBeLessThanOrEqual(300);
  });

  it('keeps a retired key published until every token it signed has expired', async () => {
    const old = await issue();
    await rotate();
    expect(await publishedKids()).toContain(old.kid);
    expect(await introspect(acme, old.token, 'machine')).toMatchObject({ active: true });
    const [row] = await platform.database.query<{ seconds: number }>(
      `SELECT extract(epoch FROM published_until - signs_until)::int AS seconds FROM signing_keys
        WHERE tenant_id = $1 AND kid = $2`,
      [acme.id, old.kid],
    );
    expect(row?.seconds).toBeGreaterThanOrEqual(86_400);
  });

  it('leaves the keys of other tenants alone', async () => {
    const globex = await createTenant(platform, `globex-${count}`);
    const before = (await send(`${globex.issuer}/jwks`)).text;
    await rotate();
    expect((await send(`${globex.issuer}/jwks`)).text).toBe(before);
  });

  it('stores private keys sealed', async () => {
    const rows = await platform.database.query<{ private_key: Buffer }>('SELECT private_key FROM signing_keys');
    expect(rows.length).toBeGreaterThan(0);
    // A SEC 1 or PKCS #8 key begins with an ASN.1 sequence; a sealed value with its version.
    for (const { private_key: sealed } of rows) expect(sealed[0]).toBe(1);
  });
});
