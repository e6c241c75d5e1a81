import { randomBytes, randomUUID } from 'node:crypto';
import { type FormPurpose, csrfToken } from '../../src/pages/browser/csrf.js';
import { Invitations } from '../../src/registration/invitations.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import type { Purpose } from '../../src/verification/verification.js';
import { Verifications } from '../../src/verification/verifications.js';
import { readForm, TestBrowser, type Page } from '../support/browser.js';
import { postForm } from '../support/http.js';
import { codeOf, givenUserWithApp, submitCode } from '../support/second-factor.js';
import { lastMailTo } from '../support/sent-mails.js';
import { ALICE_PASSWORD, authorizeUrl, getCode, getSpaTokens, pkce, SPA_REDIRECT } from '../support/tenant-fixture.js';
import { accountToken } from '../support/account-tokens.js';
import { mailsTo } from '../support/mails.js';
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
  /** For the account API; made when it is first asked for. */
  readonly accountToken: () => Promise<string>;
  /** Link of the mail that proves a new address; the same. */
  readonly emailToken: () => Promise<string>;
  readonly opaqueToken: string;
  readonly idToken: string;
  readonly webSecret: string;
  /** A sign-up that the guest's browser began. */
  readonly signUpId: string;
  /** Tokens of links in mails. */
  readonly links: Readonly<Record<'signUp' | 'verifyAddress' | 'invitation' | 'setPassword', string>>;
  /** Of a mail for somebody who forgot the password; the code is for the browser of the guest. */
  readonly resetToken: string;
  readonly resetId: string;
  readonly resetCode: string;
}

export async function belongingsOfAcme(world: World): Promise<Belongings> {
  const { acme, platform } = world;
  await platform.operator.patch('/tenants/acme', { policy: { account_deletion: 'on' } });
  const { client_id: clientId } = await platform.operator.create<{ client_id: string }>('/tenants/acme/clients', {
    client_name: 'Only at acme',
    redirect_uris: ['https://rp.test/cb'],
    scope: 'openid',
  });
  await givePasskey(world);
  const { tokens } = await world.tokens();
  const { code: authorizationCode, verifier } = await world.code();
  const { token: opaqueToken } = await world.opaqueToken();
  const spa = { client_id: 'spa', redirect_uri: SPA_REDIRECT };
  const ofPublic = await getCode(acme.issuer, spa);
  const mailed = await mailedOf(world);
  const guest = await guestOf(acme.issuer);
  const person = await personOf(acme.issuer, clientId);
  const reset = await world.passwordReset(guest.browser);
  const signUp = await verificationOf(world, 'sign_up', { browser: { secret: guest.browser } });
  const form = (of: BrowserBelongings, purpose: FormPurpose, more: Record<string, string>) => ({
    csrf: csrfToken(world.acmeId, { secret: of.browser, session: { user: { id: acme.aliceId } } as never }, purpose),
    ...more,
  });
  const request = guest.forms['sign-in']?.['request'] ?? '';
  const waiting = { request: person.forms['consent']?.['request'] ?? '' };
  const code = { id: signUp.id, code: signUp.code };
  return {
    guest: {
      ...guest,
      forms: {
        ...guest.forms,
        'sign-up': form(guest, 'sign-up', { request }),
        'sign-up-code': form(guest, 'sign-up', code),
        'sign-up-code/resend': form(guest, 'sign-up', code),
        'sign-up-code/continue': form(guest, 'sign-up', code),
        'sign-up-link': form(guest, 'mail-link', { token: mailed.signUp }),
        'verify-address-link': form(guest, 'mail-link', { token: mailed.verifyAddress }),
        invitation: form(guest, 'mail-link', { token: mailed.invitation }),
        'set-password': form(guest, 'mail-link', { token: mailed.setPassword }),
      },
    },
    person: {
      ...person,
      forms: {
        ...person.forms,
        'verify-address': form(person, 'verify-address', { ...waiting, ...code }),
        'verify-address/send': form(person, 'verify-address', waiting),
        'verify-address/continue': form(person, 'verify-address', { ...waiting, ...code }),
        'accept-terms': form(person, 'terms', { ...waiting, version: '1', decision: 'accept' }),
      },
    },
    signUpId: signUp.id,
    links: mailed,
    ...(await securedOf(world)),
    clientId,
    code: authorizationCode,
    verifier,
    refreshToken: tokens['refresh_token'] ?? '',
    publicCode: ofPublic.code,
    publicVerifier: ofPublic.verifier,
    publicRefreshToken: (await getSpaTokens(acme))['refresh_token'] ?? '',
    logoutTicket: await logoutTicketOf(acme.issuer, tokens['id_token'] ?? ''),
    accessToken: tokens['access_token'] ?? '',
    accountToken: once(() => accountToken(platform, acme)),
    emailToken: once(() => emailTokenOf(world)),
    opaqueToken,
    idToken: tokens['id_token'] ?? '',
    webSecret: acme.secrets.web,
    resetToken: reset.link,
    resetId: reset.id,
    resetCode: reset.code,
  };
}

async function verificationOf(world: World, purpose: Purpose, more: { userId?: string; browser?: { secret: string } }) {
  const { nest } = world.platform.application;
  const tenant = await nest.get(TenantResolver).find({ kind: 'path', slug: 'acme' });
  if (!tenant) throw new Error('There is no acme.');
  const asked = { purpose, address: 'alice@acme.test', lifetimeSeconds: 600, ...more };
  return world.transaction(world.acmeId, (transaction) => nest.get(Verifications).begin(tenant, asked, transaction));
}

/** What mails of acme's have in their links. */
async function mailedOf(world: World): Promise<Belongings['links']> {
  const { nest } = world.platform.application;
  const tenant = await nest.get(TenantResolver).find({ kind: 'path', slug: 'acme' });
  if (!tenant) throw new Error('There is no acme.');
  const userId = world.acme.aliceId;
  const email = `${randomUUID()}@acme.test`;
  const invitation = { email, attributes: {}, tenantAdmin: false, locale: 'en' } as const;
  await nest.get(Invitations).create(tenant, { ...invitation, lifetimeSeconds: 3600 });
  const mail = await lastMailTo(world.platform, world.acme, email);
  return {
    signUp: (await verificationOf(world, 'sign_up', {})).link,
    verifyAddress: (await verificationOf(world, 'verify_email', { userId })).link,
    invitation: new URL(mail.link).searchParams.get('token') ?? '',
    setPassword: (await verificationOf(world, 'set_password', { userId })).link,
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

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** Of a change of Alice's address that she began and has not completed. */
async function emailTokenOf({ acme, platform }: World): Promise<string> {
  const address = `${randomUUID()}@new.test`;
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
  await browser.submit(await browser.open(`${acme.issuer}/account/email`), 'email-form', { email: address });
  const [mail] = await mailsTo(platform, acme.id, address);
  return new URL(mail?.link ?? '').searchParams.get('token') ?? '';
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
  const profile = await browser.open(`${issuer}/account/profile`);
  const email = await browser.open(`${issuer}/account/email`);
  const code = await browser.submit(email, 'email-form', { email: `${randomUUID()}@code.test` });
  const data = await browser.open(`${issuer}/account/data`);
  const leave = await browser.open(`${issuer}/account/delete`);
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
      'account/profile': formTo(profile, '/account/profile'),
      'account/email': formTo(email, '/account/email'),
      'account/email-code': formTo(code, '/account/email-code'),
      'account/download': formTo(data, '/account/download'),
      'account/keep': formTo(data, '/account/download'),
      'account/delete': formTo(leave, '/account/delete'),
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
    accountToken: async () => forged,
    emailToken: once(async () => secret()),
    opaqueToken: secret(),
    idToken: forged,
    webSecret: secret(),
    signUpId: randomUUID(),
    links: { signUp: secret(), verifyAddress: secret(), invitation: secret(), setPassword: secret() },
    resetToken: secret(),
    resetId: randomUUID(),
    resetCode: '00000000',
  };
}
