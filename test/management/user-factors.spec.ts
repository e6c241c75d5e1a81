import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { adminOf } from '../support/management-access.js';
import { asksForCode, givenUserWithApp } from '../support/second-factor.js';
import { ALICE_PASSWORD } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
givenTenant(platform, 'globex');
let user: Awaited<ReturnType<typeof givenUserWithApp>>;

beforeEach(async () => {
  user = await givenUserWithApp(platform, acme, `user-${randomUUID()}`);
});

const at = (tenant = 'acme') => `/tenants/${tenant}/users/${user.id}/factors`;

async function signIn() {
  const browser = new TestBrowser();
  return browser.signIn(await browser.open(`${acme.issuer}/sign-in`), user.username, ALICE_PASSWORD);
}

describe('the second factors of a user', () => {
  it('are listed', async () => {
    expect(await platform.operator.get(at())).toEqual({
      data: [
        { factor: 'totp', created_at: expect.any(String), codes_left: null },
        { factor: 'recovery-code', created_at: null, codes_left: 10 },
      ],
      remembered_browsers: 0,
    });
    expect((await platform.operator.request('GET', `/tenants/acme/users/${randomUUID()}/factors`)).status).toBe(404);
    expect((await platform.operator.request('GET', at('globex'))).status).toBe(404);
  });

  it('are reset, which is recorded, and the password is enough again', async () => {
    expect(asksForCode(await signIn())).toBe(true);
    expect((await platform.operator.request('DELETE', `${at()}/totp`)).status).toBe(204);
    expect(await platform.operator.get(at())).toMatchObject({ data: [] });
    expect(asksForCode(await signIn())).toBe(false);
    expect((await platform.operator.request('DELETE', `${at()}/totp`)).status).toBe(404);
    expect(await listEvents(platform.operator, 'acme', 'user.second_factor_removed')).toContainEqual(
      expect.objectContaining({ user_id: user.id, actor: expect.any(String), details: { factor: 'totp' } }),
    );
  });

  it('are reset by nobody who may only read, nor of administrators by whoever has no power over them', async () => {
    const reader = await adminOf(platform, 'acme', 'users:read');
    expect((await reader.request('DELETE', `${at()}/totp`)).status).toBe(403);
    const writer = await adminOf(platform, 'acme', 'users:read users:write');
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { tenant_admin: true });
    expect((await writer.request('DELETE', `${at()}/totp`)).status).toBe(403);
    await platform.operator.patch(`/tenants/acme/users/${user.id}`, { tenant_admin: false });
    expect((await writer.request('DELETE', `${at()}/totp`)).status).toBe(204);
    expect((await platform.operator.request('DELETE', `${at()}/nothing`)).status).toBe(404);
  });
});
