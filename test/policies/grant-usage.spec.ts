import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { GrantUsageRecorder } from '../../src/clients/grant-usage-recorder.js';
import type { GrantUsageRepository, GrantUses } from '../../src/clients/grant-usage.repository.js';
import { DatabaseUnavailableError } from '../../src/database/database-error.js';
import { type TenantId, toTenantId } from '../../src/database/tenant-id.js';
import { basic, postForm, send } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { ALICE_PASSWORD, type TenantFixture, authorize, createTenant, responseOf } from '../support/tenant-fixture.js';

interface Usage {
  readonly grant_type: string;
  readonly registered: boolean;
  readonly uses: number;
  readonly last_used_at: string | null;
  readonly days: readonly { readonly day: string; readonly uses: number }[];
}

const CALLBACK = 'https://old.test/cb';
const POLICY = { allow_password_grant: true, allow_implicit_grant: true };
let platform: Pair;
let acme: TenantFixture;
let globex: TenantFixture;
const secrets = new Map<string, string>();

beforeAll(async () => {
  platform = await startPair();
  [acme, globex] = [await createTenant(platform, 'acme', POLICY), await createTenant(platform, 'globex', POLICY)];
  for (const { slug } of [acme, globex]) {
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(
      `/tenants/${slug}/clients`,
      {
        client_id: 'old',
        grant_types: ['password', 'implicit'],
        response_types: ['id_token'],
        redirect_uris: [CALLBACK],
        first_party: true,
      },
    );
    secrets.set(slug, secret);
  }
});
afterAll(() => platform.stop());

function byPassword({ slug }: TenantFixture, { password = ALICE_PASSWORD, port = platform.ports[0] } = {}) {
  return postForm(
    `http://127.0.0.1:${port}/t/${slug}/token`,
    { grant_type: 'password', username: 'alice', password, scope: 'openid' },
    { authorization: basic('old', secrets.get(slug) ?? ''), host: new URL(platform.url).host },
  );
}

const implicitly = (tenant: TenantFixture) =>
  authorize(tenant.issuer, { client_id: 'old', redirect_uri: CALLBACK, response_type: 'id_token', nonce: 'n1' });

async function usageOf({ slug }: TenantFixture): Promise<Record<string, Usage>> {
  await platform.second.application.nest.get(GrantUsageRecorder).flush();
  const { data } = await platform.operator.get<{ data: Usage[] }>(`/tenants/${slug}/clients/old/grant-usage`);
  return Object.fromEntries(data.map((usage) => [usage.grant_type, usage]));
}

async function setDate(date: string | null): Promise<void> {
  await platform.operator.patch('/tenants/acme', {
    policy: { password_grant_off_from: date, implicit_grant_off_from: date },
  });
}

describe('uses of the implicit and the password grant', () => {
  it('are counted for the client, on each process, and for no other tenant', async () => {
    expect((await usageOf(acme))['password']).toEqual({
      ...{ grant_type: 'password', registered: true, uses: 0, last_used_at: null, days: [] },
    });
    for (const port of platform.ports) {
      const answer = await byPassword(acme, { port });
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    }
    expect((await byPassword(acme, { password: 'wrong' })).status).toBe(400);
    expect(responseOf(await implicitly(acme))).toHaveProperty('id_token');
    const usage = await usageOf(acme);
    expect([usage['password']?.uses, usage['implicit']?.uses]).toEqual([2, 1]);
    expect(usage['password']?.days).toEqual([{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), uses: 2 }]);
    expect(usage['password']?.last_used_at).toMatch(/^\d{4}-/);
    expect((await usageOf(globex))['password']?.uses).toBe(0);
  });

  it('are not lost when they cannot be written at once', async () => {
    const before = (await usageOf(acme))['password']?.uses ?? 0;
    await platform.database.query('ALTER TABLE grant_usage RENAME TO grant_usage_away');
    try {
      await byPassword(acme);
      await platform.application.nest.get(GrantUsageRecorder).flush();
    } finally {
      await platform.database.query('ALTER TABLE grant_usage_away RENAME TO grant_usage');
    }
    expect((await usageOf(acme))['password']?.uses).toBe(before + 1);
  });
});

describe('uses that cannot be written because the database is away', () => {
  const [one, two] = [toTenantId(randomUUID()), toTenantId(randomUUID())];
  /** Of two tenants. */
  const givenUses = (add: (tenantId: TenantId, uses: readonly GrantUses[]) => Promise<void>) => {
    const recorder = new GrantUsageRecorder({ add } as unknown as GrantUsageRepository);
    for (const tenantId of [one, two]) recorder.record(tenantId, 'old', 'password');
    return recorder;
  };

  it('wait together: it is asked once and not for each tenant', async () => {
    const asked: string[] = [];
    let isAway = true;
    const recorder = givenUses(async (tenantId, [uses]) => {
      asked.push(`${tenantId} ${uses?.uses}`);
      if (isAway) throw new DatabaseUnavailableError('No connection.');
    });
    await recorder.flush();
    expect(asked).toEqual([`${one} 1`]);
    isAway = false;
    await recorder.flush();
    expect(asked.slice(1)).toEqual([`${one} 1`, `${two} 1`]);
  });

  it('do not hold up the end of the process', async () => {
    const recorder = givenUses(() => new Promise<never>(() => undefined));
    await recorder.beforeApplicationShutdown();
  });
});

describe('a grant that ends on a day', () => {
  const discovered = async () =>
    (await send(`${acme.issuer}/.well-known/openid-configuration`)).json<{ grant_types_supported: string[] }>()
      .grant_types_supported;

  it('works until then, with a warning for who changes the tenant', async () => {
    await setDate('2100-01-01');
    expect((await byPassword(acme)).status).toBe(200);
    expect(await discovered()).toEqual(expect.arrayContaining(['password', 'implicit']));
    const { warnings } = await platform.operator.patch<{ warnings: { code: string; pointer: string }[] }>(
      '/tenants/acme',
      { display_name: 'Acme' },
    );
    expect(warnings.filter(({ code }) => code === 'grant_ends').map(({ pointer }) => pointer)).toEqual([
      '/policy/implicit_grant_off_from',
      '/policy/password_grant_off_from',
    ]);
    const { checks } = await platform.operator.get<{ checks: { name: string; state: string; detail: string }[] }>(
      '/tenants/acme/readiness',
    );
    expect(checks.find(({ name }) => name === 'grants')).toMatchObject({
      state: 'warning',
      detail: expect.stringMatching(/password from 2100-01-01 on: old/),
    });
  });

  it('is refused from then on as if it were off, and not named in discovery', async () => {
    await setDate(new Date().toISOString().slice(0, 10));
    const refused = await byPassword(acme);
    expect([refused.status, refused.json()]).toEqual([
      400,
      expect.objectContaining({
        error: 'unauthorized_client',
        error_description: expect.stringMatching(/switched off .* \(policy password_grant_off_from\)/),
      }),
    ]);
    expect(responseOf(await implicitly(acme))).toMatchObject({ error: 'unauthorized_client' });
    const supported = await discovered();
    expect([supported.includes('password'), supported.includes('implicit')]).toEqual([false, false]);
    expect((await byPassword(globex)).status).toBe(200);
    await setDate(null);
    expect((await byPassword(acme)).status).toBe(200);
  });

  it('ends for all tenants by a date that the platform locks', async () => {
    const members = ['password_grant_off_from'];
    await platform.operator.patch('/policy', {
      policy: { password_grant_off_from: '2026-01-01' },
      policy_locks: members,
    });
    expect([(await byPassword(acme)).status, (await byPassword(globex)).status]).toEqual([400, 400]);
    await platform.operator.patch('/policy', { policy: null, policy_locks: null });
    expect((await byPassword(globex)).status).toBe(200);
  });
});
