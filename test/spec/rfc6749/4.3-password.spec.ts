import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { type Fields, tokenAs, tokenFor } from '../../support/grants.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { ALICE_PASSWORD, userinfo } from '../../support/tenant-fixture.js';

const OLD = { id: 'old', secret: 'the-secret-of-the-old-application-7' };
const FORM = { grant_type: 'password', username: 'alice', password: ALICE_PASSWORD, scope: 'openid' };
const platform = givenPlatform();
const off = givenTenant(platform, 'off');
const on = givenTenant(platform, 'on', { allow_password_grant: true });

beforeAll(async () => {
  for (const slug of ['off', 'on']) {
    await platform.operator.create(`/tenants/${slug}/clients`, {
      client_id: OLD.id,
      client_secret: OLD.secret,
      grant_types: ['password', 'refresh_token'],
      scope: 'openid email orders:read',
    });
  }
});

const ask = (form: Fields = {}, tenant = on) => tokenAs(tenant, OLD, { ...FORM, ...form });

describe('RFC 6749 §4.3: the password grant needs the yes of tenant and client', () => {
  it('is off where only the client wants it', async () => {
    expectOAuthError(await ask({}, off), 400, 'unauthorized_client');
  });

  it('is off where only the tenant wants it', async () => {
    expectOAuthError(await tokenFor(on, 'web', FORM), 400, 'unauthorized_client');
  });
});

describe('a refresh token that the password grant gave', () => {
  const client = '/tenants/on/clients/old';
  it.each([
    ['tenant', '/tenants/on', { policy: { allow_password_grant: false } }, { policy: { allow_password_grant: true } }],
    ['client', client, { grant_types: ['refresh_token'] }, { grant_types: ['password', 'refresh_token'] }],
  ])('rests while the %s does without that grant', async (_, path, without, again) => {
    const tokens = expectTokens(await ask());
    const form = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    await platform.operator.patch(path, without);
    expectOAuthError(await tokenAs(on, OLD, form), 400, 'invalid_grant');
    await platform.operator.patch(path, again);
    expectTokens(await tokenAs(on, OLD, form));
  });
});

describe('RFC 6749 §4.3.2 and §4.3.3', () => {
  it('gives tokens about the user, with a refresh token that works', async () => {
    const tokens = expectTokens(await ask({ scope: 'openid email' }));
    expect((await userinfo(on.issuer, String(tokens['access_token']))).json()).toEqual({
      sub: on.aliceId,
      email: 'alice@on.test',
      email_verified: true,
    });
    const form = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
    expectTokens(await tokenAs(on, OLD, form));
  });

  it.each([
    ['verify an e-mail address', { require_verified_email: true }, {}],
    ['accept the terms', { terms_version: '2026-11' }, { email_verified: true }],
  ])('asks for nothing that the sign-in page asks for, so it is refused: %s', async (step, policy, more) => {
    const user = { username: `new-${randomUUID()}`, password: ALICE_PASSWORD, ...more };
    await platform.operator.create('/tenants/on/users', { ...user, email: `${user.username}@on.test` });
    const { username } = user;
    expectTokens(await ask({ username }));
    await platform.operator.patch('/tenants/on', { policy });
    const refused = await ask({ username });
    const wrong = await ask({ username, password: 'wrong' });
    const none = Object.fromEntries(Object.keys(policy).map((name) => [name, null]));
    await platform.operator.patch('/tenants/on', { policy: none });
    expectOAuthError(refused, 400, 'invalid_grant');
    expect(refused.json()).toMatchObject({ error_description: expect.stringContaining(step) });
    expect(wrong.text).not.toContain(step);
    expectTokens(await ask({ username }));
  });

  it('is refused while the account is going to be deleted, until its person keeps it', async () => {
    const username = `leaving-${randomUUID()}`;
    await platform.operator.create('/tenants/on/users', { username, password: ALICE_PASSWORD });
    const leaves = (at: string) =>
      platform.database.query(`UPDATE users SET deletion_scheduled_for = ${at} WHERE username = '${username}'`);
    await leaves(`now() + interval '7 days'`);
    expect((await ask({ username })).json()).toMatchObject({ error_description: expect.stringContaining('keep') });
    await leaves('NULL');
    expectTokens(await ask({ username }));
  });

  it('knows the user by e-mail address as well', async () => {
    expectTokens(await ask({ username: 'Alice@ON.test' }));
  });

  it('answers an unknown user and a wrong password with the same bytes', async () => {
    const [unknown, wrong] = [await ask({ username: 'nobody' }), await ask({ password: 'wrong' })];
    expectOAuthError(unknown, 400, 'invalid_grant');
    expect(wrong.text).toBe(unknown.text);
    expect(wrong.status).toBe(unknown.status);
  });

  it.each(['username', 'password'])('needs a %s', async (name) => {
    expectOAuthError(await ask({ [name]: undefined }), 400, 'invalid_request');
    expectOAuthError(await ask({ [name]: '' }), 400, 'invalid_request');
  });

  it('refuses a disabled user like a wrong password', async () => {
    const password = 'a long enough passphrase 7';
    const bob = await platform.operator.create<{ id: string }>('/tenants/on/users', { username: 'bob', password });
    await platform.operator.patch(`/tenants/on/users/${bob.id}`, { enabled: false });
    expectOAuthError(await ask({ username: 'bob', password }), 400, 'invalid_grant');
  });

  it('refuses a scope beyond the client without looking at the password', async () => {
    expectOAuthError(await ask({ scope: 'orders:write', password: 'wrong' }), 400, 'invalid_scope');
  });

  it('slows guessing down with 429 and says when to come back', async () => {
    const guess = () => ask({ username: 'carol', password: 'wrong' });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await guess()).status);
    expect(statuses.slice(0, 10)).toEqual(new Array(10).fill(400));
    const answer = await guess();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});
