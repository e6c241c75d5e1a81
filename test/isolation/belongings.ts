import { randomBytes, randomUUID } from 'node:crypto';
import { readForm, TestBrowser, type Page } from '../support/browser.js';
import { postForm } from '../support/http.js';
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
  const { code, verifier } = await world.code();
  const { token: opaqueToken } = await world.opaqueToken();
  const spa = { client_id: 'spa', redirect_uri: SPA_REDIRECT };
  const ofPublic = await getCode(acme.issuer, spa);
  const guest = await guestOf(acme.issuer);
  const reset = await world.passwordReset(guest.browser);
  return {
    guest,
    person: await personOf(acme.issuer, clientId),
    clientId,
    code,
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
      'end-session/confirm': readForm(signOut, 'logout-confirm').fields,
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
    resetToken: secret(),
    resetId: randomUUID(),
    resetCode: '00000000',
  };
}
