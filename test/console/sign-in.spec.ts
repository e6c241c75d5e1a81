import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform, givenTenant } from '../support/given.js';
import { TestConsole, givenAdmin } from './console-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

beforeAll(async () => {
  await givenAdmin(platform, 'acme', 'ada');
});

describe('Signing in to the console', () => {
  it('leads from the sign-in page to where the person wanted to go', async () => {
    const console = new TestConsole(`${acme.issuer}/console`);
    const page = await console.signIn('ada', undefined, '/users?q=a');
    expect(page.url).toBe(`${acme.issuer}/console/users?q=a`);
    const session = await console.session();
    expect(JSON.parse(session.text)).toMatchObject({ is_operator: false, tenant: { slug: 'acme' } });
    const users = await console.api('GET', '/tenants/acme/users');
    expect([users.status, users.text]).toEqual([200, expect.stringContaining('"ada"')]);
  });

  it('leads operators to the console of the platform', async () => {
    const console = new TestConsole(`${platform.url}/console`);
    const page = await console.signIn('admin', 'operators-first-password-3141');
    expect(page.url).toBe(`${platform.url}/console/`);
    expect(JSON.parse((await console.session()).text)).toMatchObject({ is_operator: true });
  });
});
