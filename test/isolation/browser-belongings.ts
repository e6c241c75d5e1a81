import { randomUUID } from 'node:crypto';
import { csrfToken, type FormPurpose } from '../../src/pages/browser/csrf.js';
import { type Page, readForm, TestBrowser } from '../support/browser.js';
import { codeOf, givenUserWithApp, submitCode } from '../support/second-factor.js';
import { ALICE_PASSWORD, authorizeUrl, pkce } from '../support/tenant-fixture.js';
import { type Lazy, once } from './lazy.js';
import type { World } from './world.js';

export type Fields = Readonly<Record<string, string>>;

/** Secrets of a browser that knows one tenant, and what its pages contain. */
export interface BrowserBelongings {
  readonly session: Lazy<string>;
  readonly browser: Lazy<string>;
  /** Hidden fields of the forms, by the end of their action. */
  readonly forms: Readonly<Record<string, Lazy<Fields>>>;
}

/** What a page with a form of a link or a code has in it, besides the token against forgery. */
export interface Proofs {
  readonly signUp: Lazy<{ readonly id: string; readonly code: string }>;
  readonly finished: Proofs['signUp'];
  readonly link: (purpose: 'signUp' | 'verifyAddress' | 'invitation' | 'setPassword') => Promise<string>;
}

/** A browser with the forms of pages that it opens when they are first asked for. */
function belongingsOf(
  open: Lazy<TestBrowser>,
  forms: Readonly<Record<string, (browser: TestBrowser) => Promise<Fields>>>,
): BrowserBelongings {
  return {
    session: async () => (await open()).cookie('session'),
    browser: async () => (await open()).cookie('browser'),
    forms: Object.fromEntries(
      Object.entries(forms).map(([name, read]) => [name, once(async () => read(await open()))]),
    ),
  };
}

/** What a form has that only some state of the account shows. */
function tokenOf(world: World, browser: TestBrowser, purpose: FormPurpose): Fields {
  const session = browser.cookie('session') ? ({ user: { id: world.acme.aliceId } } as never) : undefined;
  return { csrf: csrfToken(world.acmeId, { secret: browser.cookie('browser'), session }, purpose) };
}

export function guestOf(world: World, browser: TestBrowser, { signUp, finished, link }: Proofs): BrowserBelongings {
  const { issuer } = world.acme;
  const page = once(() =>
    browser.open(authorizeUrl(issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' })),
  );
  const signIn = async (id: string) => readForm(await page(), id).fields;
  const form = (purpose: FormPurpose, more: Lazy<Fields>) => async () => ({
    ...(await more()),
    ...tokenOf(world, browser, purpose),
  });
  const mailed = (what: Parameters<Proofs['link']>[0]) => form('mail-link', async () => ({ token: await link(what) }));
  const code = async () => ({ ...(await signUp()) });
  const open = once(async () => {
    await page();
    return browser;
  });
  return belongingsOf(open, {
    'sign-in': () => signIn('login-form'),
    'sign-in/passkey': () => signIn('passkey-form'),
    'sign-in/passkey/options': () => signIn('passkey-form'),
    'sign-up': form('sign-up', async () => ({ request: (await signIn('login-form'))['request'] ?? '' })),
    'sign-up-code': form('sign-up', code),
    'sign-up-code/resend': form('sign-up', code),
    'sign-up-code/continue': form('sign-up', async () => ({ ...(await finished()) })),
    'sign-up-link': mailed('signUp'),
    'verify-address-link': mailed('verifyAddress'),
    invitation: mailed('invitation'),
    'set-password': mailed('setPassword'),
    // All forms for people who forgot something have the same token.
    recovery: async () => readForm(await browser.open(`${issuer}/forgot-password`), 'forgot-form').fields,
  });
}

export function personOf(world: World, clientId: Lazy<string>, { signUp }: Proofs): BrowserBelongings {
  const { issuer } = world.acme;
  const params = async () => ({
    client_id: await clientId(),
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
    scope: 'openid',
  });
  const browser = new TestBrowser();
  const consent = once(async () => {
    const signIn = await browser.open(authorizeUrl(issuer, await params()));
    return browser.signIn(signIn, 'alice', ALICE_PASSWORD);
  });
  const open = once(async () => {
    await consent();
    return browser;
  });
  const formAt =
    (path: string, action = path) =>
    async () =>
      formTo(await browser.open(`${issuer}/${path}`), `/${action}`);
  const waiting = async () => ({ request: readForm(await consent(), 'consent-approve').fields['request'] ?? '' });
  const waitingForm = (purpose: FormPurpose, more: Lazy<Fields>) => async () => ({
    ...(await waiting()),
    ...tokenOf(world, browser, purpose),
    ...(await more()),
  });
  const code = async () => ({ ...(await signUp()) });
  return belongingsOf(open, {
    consent: async () => readForm(await consent(), 'consent-approve').fields,
    'consent/switch': async () => formTo(await consent(), '/consent/switch'),
    'sign-in/continue': async () => {
      const select = await browser.open(authorizeUrl(issuer, { ...(await params()), prompt: 'select_account' }));
      return formTo(select, '/sign-in/continue');
    },
    'account/passkeys': formAt('account/passkeys'),
    'account/passkeys/options': formAt('account/passkeys'),
    'account/passkeys/rename': async () => {
      await givePasskey(world);
      return formAt('account/passkeys', 'account/passkeys/rename')();
    },
    'account/passkeys/remove': async () => {
      await givePasskey(world);
      return formAt('account/passkeys', 'account/passkeys/remove')();
    },
    'account/clients': formAt('account/clients/new'),
    'account/withdraw': formAt('account/applications', 'account/withdraw'),
    'account/end-session': async () => {
      await signInElsewhere(issuer);
      return formAt('account/sessions', 'account/end-session')();
    },
    'account/end-other-sessions': async () => {
      await signInElsewhere(issuer);
      return formAt('account/sessions', 'account/end-other-sessions')();
    },
    'account/profile': formAt('account/profile'),
    'account/email': formAt('account/email'),
    'account/email-code': async () => {
      const email = await browser.open(`${issuer}/account/email`);
      return formTo(
        await browser.submit(email, 'email-form', { email: `${randomUUID()}@code.test` }),
        '/account/email-code',
      );
    },
    'account/download': formAt('account/data', 'account/download'),
    'account/keep': formAt('account/data', 'account/download'),
    'account/delete': formAt('account/delete'),
    'change-password': formAt('change-password'),
    'second-factor/enrol-totp': formAt('second-factor/enrol-totp'),
    'second-factor/skip': formAt('second-factor/enrol-totp'),
    'end-session/confirm': async () => readForm(await browser.open(`${issuer}/end-session`), 'logout-confirm').fields,
    'verify-address': waitingForm('verify-address', code),
    'verify-address/send': waitingForm('verify-address', async () => ({})),
    'verify-address/continue': waitingForm('verify-address', code),
    'keep-account': waitingForm('keep-account', async () => ({ decision: 'keep' })),
    'complete-profile': waitingForm('complete-profile', async () => ({ decision: 'save' })),
    'accept-terms': waitingForm('terms', async () => ({ version: '1', decision: 'accept' })),
  });
}

/** A person with an authenticator app, before and after its code. */
export function securedOf({ platform, acme }: World): Readonly<Record<'halfway' | 'secured', BrowserBelongings>> {
  const { issuer } = acme;
  const username = `user-${randomUUID()}`;
  const app = once(() => givenUserWithApp(platform, acme, username));
  const halfway = new TestBrowser();
  const asked = once(async () => {
    await app();
    const url = authorizeUrl(issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' });
    return halfway.signIn(await halfway.open(url), username, ALICE_PASSWORD);
  });
  const secured = new TestBrowser();
  const account = once(async () => {
    const { secret } = await app();
    const page = await secured.open(`${issuer}/account/second-factor`);
    const challenge = await secured.signIn(page, username, ALICE_PASSWORD);
    return submitCode(secured, challenge, await codeOf(secret, 1));
  });
  const own = (path: string) => async () => formTo(await account(), `/account/second-factor/${path}`);
  const after = (page: Lazy<Page>, browser: TestBrowser) => async () => {
    await page();
    return browser;
  };
  return {
    halfway: belongingsOf(after(asked, halfway), {
      'second-factor/totp': async () => readForm(await asked(), 'second-factor-form').fields,
    }),
    secured: belongingsOf(after(account, secured), {
      'account/second-factor/remove': own('remove'),
      'account/second-factor/recovery-codes': own('recovery-codes'),
      'account/second-factor/forget': own('remove'),
    }),
  };
}

/** Alice has a passkey to rename and remove, and is not asked for it. */
async function givePasskey({ acme, platform }: World): Promise<void> {
  const passkey = [acme.id, acme.aliceId];
  await platform.database.query('DELETE FROM passkeys WHERE tenant_id = $1 AND user_id = $2', passkey);
  await platform.database.query(
    `INSERT INTO passkeys (tenant_id, id, user_id, rp_id, credential_id, public_key, counter, transports, backup_eligible,
                           backed_up, aaguid, name)
     VALUES ($1, gen_random_uuid(), $2, 'localhost', 'id', '', 0, '{}', false, false, gen_random_uuid(), 'Key')`,
    passkey,
  );
}

/** Another browser of the same person: a page of the account has a way to end its session. */
async function signInElsewhere(issuer: string): Promise<void> {
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${issuer}/sign-in`), 'alice', ALICE_PASSWORD);
}

/** The hidden fields of the first form with this action. */
function formTo(page: Page, action: string): Record<string, string> {
  for (const [, attributes = '', content = ''] of page.text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    if (!attributes.includes(`${action}"`)) continue;
    const inputs = content.matchAll(/<(?:input|button)[^>]*>/g);
    return Object.fromEntries(
      [...inputs].map(([input]) => [
        /\bname="([^"]*)"/.exec(input)?.[1] ?? '',
        /\bvalue="([^"]*)"/.exec(input)?.[1] ?? '',
      ]),
    );
  }
  throw new Error(`No form to ${action}: ${page.status} ${page.text.slice(0, 3000)}`);
}
