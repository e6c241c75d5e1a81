import { describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { ALICE_PASSWORD, authorizeUrl, pkce } from '../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform({ config: { trustProxy: 1 } });
const acme = givenTenant(platform, 'acme');

/** A browser whose requests come from this address. */
class RemoteBrowser extends TestBrowser {
  constructor(private readonly address: string) {
    super();
  }

  override request(method: string, url: string, body?: string, headers: Readonly<Record<string, string>> = {}) {
    return super.request(method, url, body, { ...headers, 'x-forwarded-for': this.address });
  }
}

async function signIn(browser: TestBrowser, username: string, password: string): Promise<Page> {
  return browser.signIn(await browser.open(authorizeUrl(acme.issuer, PKCE)), username, password);
}

/** With a browser that is signed in. */
async function signInAgain(browser: TestBrowser, username: string): Promise<Page> {
  return browser.signIn(
    await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'login' })),
    username,
    ALICE_PASSWORD,
  );
}

async function guess(times: number, browser: TestBrowser, username: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await signIn(browser, username, `wrong ${n}`)).status);
  return statuses;
}

/** Whoever has to wait waits longer than a slow machine takes for a test. */
async function stretchWaits(): Promise<void> {
  const text = `UPDATE sign_in_attempts SET next_attempt_at = now() + interval '1 hour'
                 WHERE next_attempt_at > now() - interval '1 minute'`;
  expect(await platform.database.query(`${text} RETURNING bucket`)).not.toEqual([]);
}

/** The page without what differs from request to request. */
const withoutNumbers = (page: Page) =>
  page.text.replace(/(value|nonce)="[^"]*"/g, '$1=""').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');

describe('a wrong password', () => {
  it('gets the same page as an unknown user: status, text and form', async () => {
    const browser = new RemoteBrowser('198.51.100.1');
    const wrong = await signIn(browser, 'alice', 'wrong');
    const unknown = await signIn(browser, 'nobody', 'wrong');
    expect(wrong.status).toBe(400);
    expect(unknown.status).toBe(400);
    expect(withoutNumbers(unknown)).toBe(withoutNumbers(wrong));
    expect(wrong.text).toContain('id="login-form"');
    expect(wrong.text).toMatch(/role="alert"/);
    expect(browser.cookie('session')).toBe('');
  });

  it('and the right one of nobody who may sign in are answered alike: status, text, headers and cookies', async () => {
    const password = 'a long enough passphrase 7';
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', {
      username: 'gone',
      password,
    });
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: false });
    await platform.operator.create('/tenants/acme/users', { username: 'wordless' });
    const attempts = [];
    for (const [index, username] of ['nobody-here', 'alice', 'gone', 'wordless'].entries()) {
      const browser = new RemoteBrowser(`198.51.100.${10 + index}`);
      const first = await signIn(browser, username, password);
      let last = first;
      for (let n = 0; n < 12 && last.status !== 429; n += 1) last = await signIn(browser, username, password);
      await stretchWaits();
      const pages = [first, await signIn(browser, username, password)];
      attempts.push(
        pages.map((page) => {
          const text = withoutNumbers(page).replaceAll(username, '');
          const { date: _, 'content-length': __, 'x-request-id': ___, 'set-cookie': set, ...headers } = page.headers;
          const variable = /nonce-[\w-]+|[0-9a-f]{8}-[0-9a-f-]{27}/g;
          const cookies = set?.map((cookie) => cookie.replace(/=[^;]*/, '')).sort();
          return [page.status, text, JSON.stringify(headers).replace(variable, ''), cookies];
        }),
      );
    }
    const [first, ...others] = attempts;
    expect(first?.map(([status]) => status)).toEqual([400, 429]);
    for (const other of others) expect(other).toEqual(first);
  });

  it('is never repeated on the page, the user name is', async () => {
    const page = await signIn(new RemoteBrowser('198.51.100.2'), 'someone', 'hunter2-hunter2');
    expect(page.text).not.toContain('hunter2');
    expect(page.text).toContain('value="someone"');
  });

  it('is the same for a disabled user with the right one', async () => {
    const password = 'a long enough passphrase 7';
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: 'bob', password });
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: false });
    const browser = new RemoteBrowser('198.51.100.3');
    const [disabled, unknown] = [await signIn(browser, 'bob', password), await signIn(browser, 'nobody', password)];
    expect(withoutNumbers(disabled)).toBe(withoutNumbers(unknown));
  });

  it.each([
    ['user name', '', 'x'],
    ['password', 'alice', ''],
  ])('a missing %s is asked for again', async (_, username, password) => {
    const page = await signIn(new RemoteBrowser('198.51.100.4'), username, password);
    expect(page.status).toBe(400);
    expect(page.text).toContain('id="login-form"');
  });
});

describe('guessing', () => {
  it('is slowed down for one account from one network: 429 with the time to wait', async () => {
    const attacker = new RemoteBrowser('203.0.113.1');
    expect(await guess(10, attacker, 'alice')).toEqual(new Array(10).fill(400));
    await guess(1, attacker, 'alice');
    const page = await signIn(attacker, 'alice', ALICE_PASSWORD);
    expect(page.status).toBe(429);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect(page.text).toContain('id="login-form"');
    expect(attacker.cookie('session')).toBe('');
  });

  it('does not shut the person out who comes from elsewhere', async () => {
    const page = await signIn(new RemoteBrowser('192.0.2.77'), 'alice', ALICE_PASSWORD);
    expect([200, 303]).toContain(page.status);
    expect(page.text).not.toContain('id="login-form"');
  });

  it('is not escaped by another browser or another spelling', async () => {
    const fresh = () => new RemoteBrowser('203.0.113.2');
    for (let n = 0; n < 11; n += 1) {
      await signIn(fresh(), n % 2 === 0 ? 'carol' : ' CAROL ', 'wrong');
    }
    expect((await signIn(fresh(), 'Carol', 'wrong')).status).toBe(429);
  });

  it('counts the addresses one IPv6 subscriber can choose freely as one', async () => {
    for (let n = 0; n < 11; n += 1) await signIn(new RemoteBrowser(`2001:db8:0:1::${n + 1}`), 'dave', 'wrong');
    expect((await signIn(new RemoteBrowser('2001:db8:0:1:ffff::1'), 'dave', 'wrong')).status).toBe(429);
    expect((await signIn(new RemoteBrowser('2001:db8:0:2::1'), 'dave', 'wrong')).status).toBe(400);
  });

  it('from many networks does not slow a device the person signed in with before', async () => {
    const own = new RemoteBrowser('192.0.2.10');
    await platform.operator.create('/tenants/acme/users', { username: 'erin', password: ALICE_PASSWORD });
    await signIn(own, 'erin', ALICE_PASSWORD);
    for (let n = 0; n < 32; n += 1) await guess(1, new RemoteBrowser(`203.0.113.${100 + n}`), 'erin');
    expect((await signIn(new RemoteBrowser('203.0.113.99'), 'erin', 'wrong')).status).toBe(429);
    expect((await signInAgain(own, 'erin')).text).not.toContain('id="login-form"');
  });

  describe('of one password for many accounts', () => {
    /** As many attempts as one network has for free, each at another account. */
    async function spray(browser: TestBrowser, times = 100): Promise<number[]> {
      const statuses: number[] = [];
      for (let n = 0; n < times; n += 1) statuses.push(...(await guess(1, browser, `employee-${n}`)));
      return statuses;
    }

    it('is slowed down for the network', async () => {
      const attacker = new RemoteBrowser('203.0.113.60');
      expect(new Set(await spray(attacker))).toEqual(new Set([400]));
      await stretchWaits();
      expect((await signIn(attacker, 'employee-101', 'wrong')).status).toBe(429);
    });

    it('is not made free again by signing in to an account of one’s own', async () => {
      await platform.operator.create('/tenants/acme/users', { username: 'mallory', password: ALICE_PASSWORD });
      const [attacker, own] = [new RemoteBrowser('203.0.113.61'), new RemoteBrowser('203.0.113.61')];
      await signIn(own, 'mallory', ALICE_PASSWORD);
      await spray(attacker);
      await stretchWaits();
      for (let n = 101; n < 105; n += 1) {
        expect((await signInAgain(own, 'mallory')).text).not.toContain('id="login-form"');
        expect((await signIn(attacker, `employee-${n}`, 'wrong')).status).toBe(429);
      }
    });
  });

  describe('from a network its owner signed in from before', () => {
    it('counts for the network, so that colleagues are no free guesses', async () => {
      await platform.operator.create('/tenants/acme/users', { username: 'heidi', password: ALICE_PASSWORD });
      const [own, colleague] = [new RemoteBrowser('192.0.2.30'), new RemoteBrowser('192.0.2.30')];
      await signIn(own, 'heidi', ALICE_PASSWORD);
      for (let n = 0; n < 99; n += 1) await guess(1, colleague, `employee-${n}`);
      expect(await guess(1, colleague, 'heidi')).toEqual([400]);
      await stretchWaits();
      expect(await guess(1, colleague, 'heidi')).toEqual([429]);
      expect((await signInAgain(own, 'heidi')).text).not.toContain('id="login-form"');
    });

    it('does not count for the account, and is not slowed with it', async () => {
      await platform.operator.create('/tenants/acme/users', { username: 'ivan', password: ALICE_PASSWORD });
      const atHome = () => new RemoteBrowser('192.0.2.40');
      await signIn(atHome(), 'ivan', ALICE_PASSWORD);
      expect(await guess(9, atHome(), 'ivan')).toEqual(new Array(9).fill(400));
      for (let n = 0; n < 30; n += 1) {
        expect(await guess(1, new RemoteBrowser(`203.0.113.${140 + n}`), 'ivan')).toEqual([400]);
      }
      await stretchWaits();
      expect(await guess(1, new RemoteBrowser('203.0.113.170'), 'ivan')).toEqual([429]);
      expect((await signIn(atHome(), 'ivan', ALICE_PASSWORD)).text).not.toContain('id="login-form"');
    });
  });

  it('of one account is not made free again by its owner signing in elsewhere', async () => {
    const owner = new RemoteBrowser('192.0.2.20');
    await platform.operator.create('/tenants/acme/users', { username: 'grace', password: ALICE_PASSWORD });
    await signIn(owner, 'grace', ALICE_PASSWORD);
    for (let n = 0; n < 32; n += 1) await guess(1, new RemoteBrowser(`198.51.100.${100 + n}`), 'grace');
    await stretchWaits();
    for (let n = 0; n < 3; n += 1) {
      expect((await signInAgain(owner, 'grace')).text).not.toContain('id="login-form"');
      expect((await signIn(new RemoteBrowser(`198.51.100.${200 + n}`), 'grace', 'wrong')).status).toBe(429);
    }
  });

  it('at an e-mail address does not slow the user name, which would tell whose it is', async () => {
    const judy = { username: 'judy', email: 'judy@example.com', password: ALICE_PASSWORD };
    await platform.operator.create('/tenants/acme/users', judy);
    const attacker = new RemoteBrowser('203.0.113.70');
    await guess(11, attacker, judy.email);
    await stretchWaits();
    expect(await guess(1, attacker, judy.email)).toEqual([429]);
    expect(await guess(1, attacker, judy.username)).toEqual([400]);
  });

  it('is forgiven after the wait', async () => {
    const person = new RemoteBrowser('203.0.113.50');
    await platform.operator.create('/tenants/acme/users', { username: 'frank', password: ALICE_PASSWORD });
    await guess(11, person, 'frank');
    expect((await signIn(person, 'frank', ALICE_PASSWORD)).status).toBe(429);
    await platform.database.query('UPDATE sign_in_attempts SET next_attempt_at = now()');
    expect((await signIn(person, 'frank', ALICE_PASSWORD)).text).not.toContain('id="login-form"');
  });
});
