import { randomBytes, randomUUID } from 'node:crypto';
import { readForm, TestBrowser, type Page } from '../support/browser.js';
import { postForm } from '../support/http.js';
import { codeOf, givenUserWithApp, submitCode } from '../support/second-factor.js';
import { ALICE_PASSWORD, authorizeUrl, getCode, getSpaTokens, pkce, SPA_REDIRECT } from '../support/tenant-fixture.js';
import type { World } from './world.js';

/** Secrets of a browser that knows one tenant, and what its pages contain. */
export interface BrowserBelongings {
  readonly session: string;
  readonly browser: string;
  /** Hidden fields of the forms, by the end of their action. */
  readonly forms: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Everything of a tenant that somebody could carry to another one. */
export interface Belongings {
  readonly guest: BrowserBelongings;
  readonly person: BrowserBelongings;
  /** Signed in with a password, and asked for a code. */
  readonly halfway: BrowserBelongings;
  /** Signed in with both. */
  readonly secured: BrowserBelongings;
  readonly clientId: string;
  readonly code: string;
  readonly verifier: string;
  readonly refreshToken: string;
  /** Of the public client `spa`. */
  readonly publicCode: string;
  readonly publicVerifier: string;
  readonly publicRefreshToken: string;
  /** Carries a checked logout request through the browser. */
  readonly logoutTicket: string;
  readonly accessToken: string;
  readonly opaqueToken: string;
  readonly idToken: string;
  readonly webSecret: string;
  /** Of a mail for somebody who forgot the password; the code is for the browser of the guest. */
  readonly resetToken: string;
  readonly resetId: string;
  readonly resetCode: string;
}

export async function belongingsOfAcme(world: World): Promise<Belongings> {
  const { acme, platform } = world;
  const { client_id: clientId } = await platform.operator.create<{ client_id: string }>('/tenants/acme/clients', {
    client_name: 'Only at acme',
    redirect_uris: ['https://rp.test/cb'],
    scope: 'openid',
  });
  await givePasskey(world);
  const { tokens } = await world.tokens();
  const { code, verifier } = await world.code();
  const { token: opaqueToken } = await world.opaqueToken();
  const spa = { client_id: 'spa', redirect_uri: SPA_REDIRECT };
  const ofPublic = await getCode(acme.issuer, spa);
  const guest = await guestOf(acme.issuer);
  const reset = await world.passwordReset(guest.browser);
  return {
    guest,
    person: await personOf(acme.issuer, clientId),
    ...(await securedOf(world)),
    clientId,
    code,
    verifier,
    refreshToken: tokens['refresh_token'] ?? '',
    publicCode: ofPublic.code,
    publicVerifier: ofPublic.verifier,
    publicRefreshToken: (await getSpaTokens(acme))['refresh_token'] ?? '',
    logoutTicket: await logoutTicketOf(acme.issuer, tokens['id_token'] ?? ''),
    accessToken: tokens['access_token'] ?? '',
    opaqueToken,
    idToken: tokens['id_token'] ?? '',
    webSecret: acme.secrets.web,
    resetToken: reset.link,
    resetId: reset.id,
    resetCode: reset.code,
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

async function logoutTicketOf(issuer: string, idToken: string): Promise<string> {
  const hint = { id_token_hint: idToken, post_logout_redirect_uri: 'https://rp.test/out' };
  const { headers } = await postForm(`${issuer}/end-session`, hint);
  return new URL(headers.location ?? '', issuer).searchParams.get('ticket') ?? '';
}

async function guestOf(issuer: string): Promise<BrowserBelongings> {
  const browser = new TestBrowser();
  const page = await browser.open(
    authorizeUrl(issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' }),
  );
  const forgotten = await browser.open(`${issuer}/forgot-password`);
  return {
    session: '',
    browser: browser.cookie('browser'),
    forms: {
      'sign-in': readForm(page, 'login-form').fields,
      'sign-in/passkey': readForm(page, 'passkey-form').fields,
      'sign-in/passkey/options': readForm(page, 'passkey-form').fields,
      // All forms for people who forgot something have the same token.
      recovery: readForm(forgotten, 'forgot-form').fields,
    },
  };
}

async function personOf(issuer: string, clientId: string): Promise<BrowserBelongings> {
  const browser = new TestBrowser();
  const params = {
    client_id: clientId,
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
    scope: 'openid',
  };
  const signIn = await browser.open(authorizeUrl(issuer, params));
  const consent = await browser.signIn(signIn, 'alice', ALICE_PASSWORD);
  const select = await browser.open(authorizeUrl(issuer, { ...params, prompt: 'select_account' }));
  // Another browser of the same person: a page of the account has a way to end its session.
  const elsewhere = new TestBrowser();
  await elsewhere.signIn(await elsewhere.open(`${issuer}/sign-in`), 'alice', ALICE_PASSWORD);
  const applications = await browser.open(`${issuer}/account/applications`);
  const sessions = await browser.open(`${issuer}/account/sessions`);
  const passkeys = await browser.open(`${issuer}/account/passkeys`);
  const password = await browser.open(`${issuer}/change-password`);
  const enrolment = await browser.open(`${issuer}/second-factor/enrol-totp`);
  const signOut = await browser.open(`${issuer}/end-session`);
  return {
    session: browser.cookie('session'),
    browser: browser.cookie('browser'),
    forms: {
      consent: readForm(consent, 'consent-approve').fields,
      'consent/switch': formTo(consent, '/consent/switch'),
      'sign-in/continue': formTo(select, '/sign-in/continue'),
      'account/passkeys': formTo(passkeys, '/account/passkeys'),
      'account/passkeys/options': formTo(passkeys, '/account/passkeys'),
      'account/passkeys/rename': formTo(passkeys, '/account/passkeys/rename'),
      'account/passkeys/remove': formTo(passkeys, '/account/passkeys/remove'),
      'account/withdraw': formTo(applications, '/account/withdraw'),
      'account/end-session': formTo(sessions, '/account/end-session'),
      'account/end-other-sessions': formTo(sessions, '/account/end-other-sessions'),
      'change-password': formTo(password, '/change-password'),
      'second-factor/enrol-totp': formTo(enrolment, '/second-factor/enrol-totp'),
      'second-factor/skip': formTo(enrolment, '/second-factor/enrol-totp'),
      'end-session/confirm': readForm(signOut, 'logout-confirm').fields,
    },
  };
}

/** A person with an authenticator app, before and after its code. */
async function securedOf({ platform, acme }: World): Promise<Pick<Belongings, 'halfway' | 'secured'>> {
  const { issuer } = acme;
  const username = `user-${randomUUID()}`;
  const { secret } = await givenUserWithApp(platform, acme, username);
  const halfway = new TestBrowser();
  const url = authorizeUrl(issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' });
  const asked = await halfway.signIn(await halfway.open(url), username, ALICE_PASSWORD);
  const secured = new TestBrowser();
  const challenge = await secured.signIn(
    await secured.open(`${issuer}/account/second-factor`),
    username,
    ALICE_PASSWORD,
  );
  const account = await submitCode(secured, challenge, await codeOf(secret, 1));
  const own = (path: string) => formTo(account, `/account/second-factor/${path}`);
  return {
    halfway: {
      session: halfway.cookie('session'),
      browser: halfway.cookie('browser'),
      forms: { 'second-factor/totp': readForm(asked, 'second-factor-form').fields },
    },
    secured: {
      session: secured.cookie('session'),
      browser: secured.cookie('browser'),
      forms: {
        'account/second-factor/remove': own('remove'),
        'account/second-factor/recovery-codes': own('recovery-codes'),
        'account/second-factor/forget': own('remove'),
      },
    },
  };
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

/** The same shapes, made up: what belongs to nobody. */
export function madeUp(real: Belongings): Belongings {
  const secret = () => randomBytes(32).toString('base64url');
  const browser = (of: BrowserBelongings): BrowserBelongings => ({
    session: of.session && secret(),
    browser: secret(),
    forms: Object.fromEntries(
      Object.entries(of.forms).map(([name, fields]) => [
        name,
        { ...fields, csrf: secret(), ...('request' in fields && { request: randomUUID() }) },
      ]),
    ),
  });
  const [header = '', payload = ''] = real.accessToken.split('.');
  const forged = `${header}.${payload}.${randomBytes(64).toString('base64url')}`;
  return {
    guest: browser(real.guest),
    person: browser(real.person),
    halfway: browser(real.halfway),
    secured: browser(real.secured),
    clientId: randomUUID(),
    code: secret(),
    verifier: real.verifier,
    refreshToken: secret(),
    publicCode: secret(),
    publicVerifier: real.publicVerifier,
    publicRefreshToken: secret(),
    logoutTicket: forged,
    accessToken: forged,
    opaqueToken: secret(),
    idToken: forged,
    webSecret: secret(),
    resetToken: secret(),
    resetId: randomUUID(),
    resetCode: '00000000',
  };
}
