import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newAddress, submitSignUp } from '../registration/sign-up.fixture.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import {
  type TestApp,
  asksForCode,
  codeOf,
  forgetSteps,
  givenUserWithApp,
  submitCode,
} from '../support/second-factor.js';
import { lastMailTo } from '../support/mails.js';
import { BATCH, StatementWatch } from '../support/statements.js';
import { ALICE_PASSWORD, authorizeUrl, pkce } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { sign_up: 'open' });
const globex = givenTenant(platform, 'globex', { accounts_per_browser: 3 });
let watch: StatementWatch;
let bob: TestApp & { readonly username: string };

beforeAll(async () => {
  watch = new StatementWatch();
  bob = await givenUserWithApp(platform, acme, 'bob');
  await changesHeard(platform);
});
afterAll(() => watch.restore());

const CONTROL = /^(BEGIN|SET LOCAL|COMMIT|-- batch)/;

/** What TypeORM writes has no name: its verb and its table. */
function nameOf(text: string): string {
  const [, verb, table] = /^(\w+) .*?(?:FROM|INTO|UPDATE) "(\w+)"/s.exec(text) ?? [];
  return verb === undefined ? text : `${verb} ${table}`;
}

/** What was sent by name, and how many transactions it took. */
async function costOf(work: () => Promise<unknown>) {
  const sent = (await watch.all(work)).filter((text) => text !== 'audit_events.append');
  return {
    statements: sent.filter((text) => !CONTROL.test(text)).map(nameOf),
    transactions: sent.filter((text) => text === BATCH || text === 'BEGIN').length,
  };
}

function openRequest(browser: TestBrowser): Promise<Page> {
  const { challenge } = pkce();
  const request = { prompt: 'consent', code_challenge: challenge, code_challenge_method: 'S256' };
  return browser.open(authorizeUrl(acme.issuer, request));
}

async function signInWithApp(): Promise<void> {
  const browser = new TestBrowser();
  const asked = await browser.signIn(await openRequest(browser), 'bob', ALICE_PASSWORD);
  expect(asksForCode(asked)).toBe(true);
  const consent = await submitCode(browser, asked, await codeOf(bob.secret));
  expect((await browser.decide(consent, 'approve')).headers.location).toMatch(/[?&]code=/);
}

describe('Statements of a warm process', () => {
  it('for a sign-in with an authenticator app and consent', async () => {
    await forgetSteps(platform);
    await signInWithApp();
    await forgetSteps(platform);
    expect(await costOf(signInWithApp)).toEqual({
      statements: [
        ...['authorization_requests.create'],
        ...['authorization_requests.find', 'sign_in_attempts.begin', 'users.find_by_identifier'],
        ...['sign_in_attempts.succeed', 'sessions.start'],
        // The page that asks for the code.
        ...['sessions.find', 'authorization_requests.find'],
        ...['sessions.find', 'authorization_requests.find'],
        ...['sign_in_attempts.begin', 'user_totp.find'],
        ...['user_totp.use_step', 'sessions.strengthen', 'sign_in_attempts.succeed'],
        ...['sessions.find', 'authorization_requests.find', 'consents.list_for_client'],
        ...['sessions.find', 'authorization_requests.find'],
        ...['authorization_requests.complete', 'consents.approve', 'grants.create'],
      ],
      transactions: 17,
    });
  });

  it('for a request of a browser with several accounts, and the page of consent', async () => {
    for (const username of ['dave', 'erin']) {
      await platform.operator.create('/tenants/globex/users', { username, password: ALICE_PASSWORD });
    }
    const browser = new TestBrowser();
    const ask = (params: object) => {
      const { challenge } = pkce();
      return browser.open(
        authorizeUrl(globex.issuer, { code_challenge: challenge, code_challenge_method: 'S256', ...params }),
      );
    };
    for (const username of ['alice', 'dave', 'erin']) {
      await browser.signIn(await ask({ prompt: 'login' }), username, ALICE_PASSWORD);
    }
    expect(await costOf(() => ask({ login_hint: 'dave' }))).toEqual({
      statements: [
        ...['sessions.find', 'consents.list_for_client', 'authorization_requests.create'],
        ...['sessions.find', 'authorization_requests.find', 'consents.list_for_client'],
      ],
      transactions: 6,
    });
  });

  it('for a sign-up that is proven by the code', async () => {
    const signUp = async () => {
      const [browser, email] = [new TestBrowser(), newAddress()];
      const form = await browser.open(`${acme.issuer}/sign-up`);
      let waiting = form;
      const asking = await costOf(async () => (waiting = await submitSignUp(browser, form, { email })));
      const { code } = await lastMailTo(platform, acme, email);
      const proving = await costOf(() => browser.submit(waiting, 'code-form', { code }));
      // What follows is the page of the account.
      const { statements } = proving;
      return [asking, statements.slice(0, statements.indexOf('sessions.start') + 1)];
    };
    await signUp();
    expect(await signUp()).toEqual([
      {
        statements: ['users.find_by_identifier', 'verifications.create', 'mails.create', 'verifications.find'],
        transactions: 2,
      },
      [
        ...['verifications.lock_address', 'verifications.guess', 'verifications.redeem'],
        ...['INSERT users', 'DELETE user_identifiers', 'INSERT user_identifiers', 'SELECT users'],
        ...['verifications.name_user', 'verifications.take_turn', 'sessions.start'],
      ],
    ]);
  });

  it('for a password that is chosen anew', async () => {
    const username = 'carol';
    const email = 'carol@acme.test';
    const user = { username, password: ALICE_PASSWORD, email, email_verified: true };
    await platform.operator.create('/tenants/acme/users', user);
    await changesHeard(platform);
    const recover = async (password: string) => {
      const browser = new TestBrowser();
      const form = await browser.open(`${acme.issuer}/forgot-password`);
      const asking = await costOf(() => browser.submit(form, 'forgot-form', { identifier: email }));
      let page = form;
      const { link } = await lastMailTo(platform, acme, email);
      const opening = await costOf(async () => (page = await browser.open(link)));
      const fields = { new_password: password, new_password_again: password };
      const choosing = await costOf(() => browser.submit(page, 'new-password-form', fields));
      return [asking, opening, choosing];
    };
    await recover('nine lanterns under the bridge');
    expect(await recover('ten lanterns under the bridge')).toEqual([
      {
        statements: [
          ...['users.find_by_identifier', 'verifications.create'],
          ...['savepoint.begin', 'mails.create', 'savepoint.keep', 'verifications.withdraw'],
        ],
        transactions: 1,
      },
      { statements: ['verifications.find_by_link', 'recovery.find'], transactions: 2 },
      {
        statements: [
          ...['verifications.find_by_link', 'recovery.find', 'verifications.find_by_link', 'verifications.redeem'],
          ...['recovery.reset', 'verifications.withdraw', 'mails.create'],
        ],
        transactions: 3,
      },
    ]);
  });
});
