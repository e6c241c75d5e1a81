import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { closeConnections } from '../../src/cli/local-fetch.js';
import { describeReport, verifyAuditLog } from '../../src/cli/verify-audit-log.js';
import { TestDeveloper } from '../developers/developer-fixture.js';
import { discover } from '../interop/openid-client.js';
import { accountToken } from '../support/account-tokens.js';
import { TestBrowser } from '../support/browser.js';
import { DnsServer } from '../support/dns-server.js';
import { jwksOf } from '../support/exported-log.js';
import { postForm, send } from '../support/http.js';
import { lastMailTo } from '../support/mails.js';
import { ManagementClient } from '../support/management-client.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { WEB_REDIRECT, pkce, responseOf } from '../support/tenant-fixture.js';
import { ApiPlane, CommandPlane, type Plane } from './planes.js';

/**
 * A week of an operator, an administrator, a developer and a user, once by the management API and once by command line.
 * The steps of a week are one story: each stands on those before it.
 */
let dns: DnsServer;
let platform: Platform;

beforeAll(async () => {
  dns = await DnsServer.start();
  platform = await startPlatform({ config: { domainResolvers: [dns.address] } });
});
afterAll(async () => {
  // The platform waits for a connection that was opened and not used.
  await closeConnections();
  await platform.stop();
  await dns.stop();
});

const PLANES = [
  ['the management API', ApiPlane, 'initech'],
  ['the command line', CommandPlane, 'hooli'],
] as const;

describe.each(PLANES)('a week by %s', (_, PlaneOf, slug) => {
  const domain = `login.${slug}.example`;
  const api = `https://orders.${slug}.example`;
  const email = `boss@${slug}.example`;
  const password = 'violet harbour 42 lanterns';
  let operator: Plane;
  let admin: Plane;
  let adminClient: ManagementClient;
  let tenant: { readonly id: string; readonly slug: string; readonly issuer: string };
  let issuer: string;
  let client: { readonly client_id: string; readonly client_secret: string };
  let user: { readonly id: string; readonly password: string };
  let tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;
  let config: openid.Configuration;

  it('the operator onboards a tenant and invites its administrator by mail', async () => {
    operator = new PlaneOf(platform.operator);
    await operator.onboard(slug, email);
    tenant = await platform.operator.get(`/tenants/${slug}`);
    expect(await operator.readiness(slug)).toMatchObject({ ready: false });
    expect(await lastMailTo(platform, tenant, email)).toMatchObject({ template: 'invitation' });
  });

  it('the administrator makes the account and signs in to manage the tenant', async () => {
    const browser = new TestBrowser();
    const page = await browser.open((await lastMailTo(platform, tenant, email)).link);
    const filled = { new_password: password, new_password_again: password };
    expect((await browser.submit(page, 'sign-up-form', filled)).url).toContain('/account');
    adminClient = await signInAsAdministrator(browser);
    admin = new PlaneOf(adminClient);
    await expect(new PlaneOf(adminClient).readiness('system')).rejects.toThrow();
  });

  /** As the description of the API says, and `npx tenantry login` does. */
  async function signInAsAdministrator(browser: TestBrowser): Promise<ManagementClient> {
    const { verifier, challenge } = pkce();
    const redirectUri = 'http://127.0.0.1:49152/oauth2-redirect.html';
    const scopes =
      'tenants:read tenants:write branding:write domains:write clients:read clients:write apis:read apis:write users:read users:write keys:read keys:write audit:read';
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'tenantry-cli', redirect_uri: redirectUri, scope: scopes },
      ...{ resource: `${platform.url}/api`, code_challenge: challenge, code_challenge_method: 'S256' },
    });
    const page = await browser.open(`${tenant.issuer}/authorize?${query}`);
    const { code = '' } = responseOf(await browser.decide(page, 'approve'));
    const form = { grant_type: 'authorization_code', client_id: 'tenantry-cli', redirect_uri: redirectUri };
    const answer = await postForm(`${tenant.issuer}/token`, { ...form, code, code_verifier: verifier });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('access_token')]);
    return new ManagementClient(platform.url, String(answer.json()['access_token']));
  }

  it('the administrator proves a domain, which becomes an issuer', async () => {
    const claimed = await admin.claimDomain(slug, domain);
    dns.set('TXT', claimed.challenge.dns.name, claimed.challenge.dns.value);
    expect(await admin.verifyDomain(slug, domain)).toMatchObject({ status: 'verified' });
    issuer = claimed.issuer;
    const metadata = (await send(`${issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ issuer });
  });

  it('brands the tenant in a draft, which nobody sees until it is published', async () => {
    const page = async () => (await new TestBrowser().open(`${issuer}/sign-in`)).text;
    await admin.draftColour(slug, '#7a1f5c');
    expect(await page()).not.toContain('#7a1f5c');
    expect((await admin.publish(slug)).number).toBeGreaterThan(0);
    expect(await page()).toContain('#7a1f5c');
  });

  it('sets a policy, and sees where each value comes from', async () => {
    await admin.setPolicy(slug, {
      access_token_lifetime_seconds: 300,
      developer_registration: 'with_approval',
      developer_redirect_hosts: [`*.${slug}.example`],
    });
    const { explained } = await admin.explainPolicy(slug);
    expect(explained['access_token_lifetime_seconds']).toMatchObject({ from: 'tenant' });
    expect(explained['refresh_token_idle_lifetime_seconds']).not.toMatchObject({ from: 'tenant' });
  });

  it('registers an API, a client and a user; then nothing is missing', async () => {
    await admin.registerApi(slug, api, 'orders:read');
    client = await admin.registerClient(slug, {
      client_name: 'Orders',
      redirect_uris: [WEB_REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email',
      permissions: [{ api, scopes: ['orders:read'] }],
    });
    user = await admin.createUser(slug, 'alice', `alice@${slug}.example`);
    expect(await admin.readiness(slug)).toMatchObject({ ready: true });
  });

  it('approves the client that a developer of the tenant registered', async () => {
    const { id, password: theirs } = await admin.createUser(slug, 'dev', `dev@${slug}.example`);
    const token = await accountToken({ operator: adminClient }, tenant, { username: 'dev', password: theirs });
    const developer = new TestDeveloper(tenant.issuer, id, 'dev', token);
    const submitted = await developer.submitted({ redirect_uris: [`https://shop.${slug}.example/cb`] });
    expect(await admin.approveRegistration(slug, submitted.id)).toMatchObject({ state: 'approved' });
    expect(await developer.show(submitted.id)).toMatchObject({ client: { client_name: 'Shop' } });
  });

  it('the user signs in at the domain, allows the client, and the client reads who it is', async () => {
    config = await discover(issuer, client.client_id, client.client_secret);
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: WEB_REDIRECT,
      scope: 'openid email orders:read',
      resource: api,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const browser = new TestBrowser();
    const consent = await browser.signIn(await browser.open(url.href), 'alice', user.password);
    const { location = '' } = (await browser.decide(consent, 'approve')).headers;
    tokens = await openid.authorizationCodeGrant(config, new URL(location), { pkceCodeVerifier });
    expect(tokens.claims()).toMatchObject({ iss: issuer, email: `alice@${slug}.example` });
    expect(tokens.refresh_token).toBeDefined();
  });

  it('the administrator sees the event, in a log whose chain is intact and signed', async () => {
    const events = await admin.events(slug, 'user.signed_in');
    expect(events).toContainEqual(expect.objectContaining({ user_id: user.id, outcome: 'success' }));
    const directory = mkdtempSync(join(tmpdir(), 'tenantry-week-'));
    const [log, jwks] = [join(directory, 'log.ndjson'), join(directory, 'jwks.json')];
    try {
      writeFileSync(log, await admin.exportLog(slug));
      writeFileSync(jwks, JSON.stringify(await jwksOf(tenant.issuer)));
      const report = await verifyAuditLog(log, { jwks });
      expect(report).toMatchObject({ tenantId: tenant.id, firstSeq: 1, signedSeq: report.lastSeq });
      expect(describeReport(report, 'log')).toContain('is intact');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('ends the session of the user, whose tokens end with it', async () => {
    const [session] = await admin.sessions(slug, user);
    await admin.endSession(slug, user, session?.id ?? '');
    expect(await admin.sessions(slug, user)).toEqual([]);
    await expect(openid.refreshTokenGrant(config, String(tokens.refresh_token))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('rotates the keys: the next one signs, and the one before is still published', async () => {
    const before = await jwksOf(issuer);
    await admin.rotateKeys(slug);
    const after = (await jwksOf(issuer)).keys.map(({ kid }) => kid);
    expect(after).toEqual(expect.arrayContaining(before.keys.map(({ kid }) => kid)));
    expect(after.length).toBeGreaterThan(before.keys.length);
    expect((await admin.keys(slug)).length).toBe(after.length);
  });

  it('the operator suspends the tenant, and resumes it', async () => {
    const status = async () => (await send(`${issuer}/.well-known/openid-configuration`)).status;
    await operator.suspend(slug);
    expect(await status()).toBe(404);
    await expect(admin.readiness(slug)).rejects.toThrow();
    await operator.resume(slug);
    expect(await status()).toBe(200);
  });

  it('the operator deletes the tenant, and has a receipt that the platform signed', async () => {
    await operator.suspend(slug);
    const { id, status } = await operator.destroy(slug);
    expect(status).toBe('destroyed');
    const { receipt } = await operator.receipt(id);
    const system = `${platform.url}/t/system`;
    const keys = createLocalJWKSet(await jwksOf(system));
    const { payload } = await jwtVerify(String(receipt), keys, { issuer: system, typ: 'tenant-deletion+jwt' });
    expect(payload).toMatchObject({ slug, tenant_id: tenant.id });
    expect((await send(`${issuer}/.well-known/openid-configuration`)).status).toBe(404);
  });
});
