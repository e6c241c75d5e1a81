import { ALICE_PASSWORD, createTenant, type TenantFixture } from '../support/tenant-fixture.js';
import { TestBrowser } from '../support/browser.js';
import { type Platform, startPlatform } from '../support/platform.js';

/** One of a tenant's addresses, as a client's developer knows it. */
export interface Address {
  readonly tenant: TenantFixture;
  readonly issuer: string;
}

export interface TwoTenants {
  readonly platform: Platform;
  readonly acme: TenantFixture;
  readonly globex: TenantFixture;
}

/** Both tenants allow what only old clients need. */
export async function startTwoTenants(): Promise<TwoTenants> {
  const platform = await startPlatform();
  const policy = { allow_password_grant: true };
  return {
    platform,
    acme: await createTenant(platform, 'acme', policy),
    globex: await createTenant(platform, 'globex', policy),
  };
}

export const ADDRESSES = [
  ['acme', 'path'],
  ['acme', 'host'],
  ['globex', 'path'],
  ['globex', 'host'],
] as const;

export function addressOf(tenants: TwoTenants, slug: 'acme' | 'globex', kind: 'path' | 'host'): Address {
  const tenant = tenants[slug];
  return { tenant, issuer: kind === 'path' ? tenant.issuer : tenant.hostIssuer };
}

/** What a person does between the client's redirect to the platform and the one back; the address they come back to. */
export async function signInAndAllow(authorizationUrl: string): Promise<URL> {
  const browser = new TestBrowser();
  let page = await browser.open(authorizationUrl);
  if (page.text.includes('login-form')) page = await browser.signIn(page, 'alice', ALICE_PASSWORD);
  if (page.text.includes('consent-approve')) page = await browser.decide(page, 'approve');
  const { location } = page.headers;
  if (location === undefined)
    throw new Error(`The platform did not send the browser back: ${page.status} ${page.text}`);
  return new URL(location, page.url);
}
