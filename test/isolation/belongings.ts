import { randomBytes, randomUUID } from 'node:crypto';
import { Invitations } from '../../src/registration/invitations.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import type { Purpose } from '../../src/verification/verification.js';
import { Verifications } from '../../src/verification/verifications.js';
import { TestConsole, givenAdmin } from '../console/console-fixture.js';
import { Stranger, makeLink } from '../setup-links/setup-fixture.js';
import { accountToken } from '../support/account-tokens.js';
import { TestBrowser } from '../support/browser.js';
import { postForm } from '../support/http.js';
import { mailsTo } from '../support/mails.js';
import { lastMailTo } from '../support/mails.js';
import { ALICE_PASSWORD, getCode, getSpaTokens, SPA_REDIRECT } from '../support/tenant-fixture.js';
import { type BrowserBelongings, guestOf, personOf, type Proofs, securedOf } from './browser-belongings.js';
import { type Lazy, once } from './lazy.js';
import type { World } from './world.js';

interface Code {
  readonly code: string;
  readonly verifier: string;
}

/** Everything of a tenant that somebody could carry to another one. Each is made when it is first asked for. */
export interface Belongings {
  readonly guest: BrowserBelongings;
  readonly person: BrowserBelongings;
  /** Signed in with a password, and asked for a code. */
  readonly halfway: BrowserBelongings;
  /** Signed in with both. */
  readonly secured: BrowserBelongings;
  readonly clientId: Lazy<string>;
  readonly code: Lazy<Code>;
  readonly refreshToken: Lazy<string>;
  /** Of the public client `spa`. */
  readonly publicCode: Lazy<Code>;
  readonly publicRefreshToken: Lazy<string>;
  /** Carries a checked logout request through the browser. */
  readonly logoutTicket: Lazy<string>;
  readonly accessToken: Lazy<string>;
  /** For the account API. */
  readonly accountToken: Lazy<string>;
  /** Link of the mail that proves a new address. */
  readonly emailToken: Lazy<string>;
  readonly opaqueToken: Lazy<string>;
  readonly idToken: Lazy<string>;
  readonly webSecret: Lazy<string>;
  /** A sign-up that the guest's browser began. */
  readonly signUpId: Lazy<string>;
  /** Token of the link that shows a draft of the branding. */
  readonly brandingPreview: Lazy<string>;
  /** Token of a setup link. */
  readonly setupToken: Lazy<string>;
  /** Secret of a session by a setup link. */
  readonly setupSession: Lazy<string>;
  /** Secret of a session of the console. */
  readonly consoleSession: Lazy<string>;
  /** Tokens of links in mails. */
  readonly link: Proofs['link'];
  /** Of a mail for somebody who forgot the password; the code is for the browser of the guest. */
  readonly reset: Lazy<{ readonly link: string; readonly id: string; readonly code: string }>;
}

export function belongingsOfAcme(world: World): Belongings {
  const { acme, platform } = world;
  const clientId = once(async () => {
    const { client_id: id } = await platform.operator.create<{ client_id: string }>('/tenants/acme/clients', {
      client_name: 'Only at acme',
      redirect_uris: ['https://rp.test/cb'],
      scope: 'openid',
    });
    return id;
  });
  const browser = new TestBrowser();
  const ofBrowser = async () => ({ secret: await guest.browser() });
  const signUp = once(async () => {
    const { id, code } = await verificationOf(world, 'sign_up', { browser: await ofBrowser() });
    return { id, code };
  });
  /** The same, which came to an account in another browser. */
  const finished = once(async () => {
    const { id, code } = await verificationOf(world, 'sign_up', { browser: await ofBrowser() });
    const verifications = platform.application.nest.get(Verifications);
    const tenant = await acmeOf(world);
    await world.transaction(world.acmeId, async (transaction) => {
      await verifications.redeem(tenant, { purpose: 'sign_up', id }, transaction);
      await verifications.nameUser(tenant, { id }, acme.aliceId, transaction);
    });
    return { id, code };
  });
  const links = {
    signUp: once(async () => (await verificationOf(world, 'sign_up', {})).link),
    verifyAddress: once(async () => (await verificationOf(world, 'verify_email', { userId: acme.aliceId })).link),
    invitation: once(() => invitationOf(world)),
    setPassword: once(async () => (await verificationOf(world, 'set_password', { userId: acme.aliceId })).link),
  };
  const proofs: Proofs = { signUp, finished, link: (purpose) => links[purpose]() };
  const guest = guestOf(world, browser, proofs);
  const tokens = once(async () => (await world.tokens()).tokens);
  const token = (name: string) => async () => (await tokens())[name] ?? '';
  return {
    guest,
    person: personOf(world, clientId, proofs),
    ...securedOf(world),
    clientId,
    code: once(() => world.code()),
    refreshToken: token('refresh_token'),
    publicCode: once(() => getCode(acme.issuer, { client_id: 'spa', redirect_uri: SPA_REDIRECT })),
    publicRefreshToken: once(async () => (await getSpaTokens(acme))['refresh_token'] ?? ''),
    logoutTicket: once(async () => logoutTicketOf(acme.issuer, await token('id_token')())),
    accessToken: token('access_token'),
    accountToken: once(() => accountToken(platform, acme)),
    emailToken: once(() => emailTokenOf(world)),
    opaqueToken: once(async () => (await world.opaqueToken()).token),
    idToken: token('id_token'),
    webSecret: async () => acme.secrets.web,
    signUpId: async () => (await signUp()).id,
    brandingPreview: once(async () => {
      const { url } = await platform.operator.create<{ url: string }>('/tenants/acme/branding/previews', {});
      return new URL(url).searchParams.get('token') ?? '';
    }),
    setupToken: once(async () => {
      const { url } = await makeLink(platform.operator);
      return new URL(url).searchParams.get('token') ?? '';
    }),
    setupSession: once(async () => {
      const { url } = await makeLink(platform.operator);
      const stranger = new Stranger(acme.issuer);
      await stranger.begin(url);
      return stranger.browser.cookie('-console-setup');
    }),
    consoleSession: once(async () => {
      const username = `admin-${randomUUID()}`;
      await givenAdmin(platform, 'acme', username);
      const console = new TestConsole(`${acme.issuer}/console`);
      await console.signIn(username);
      return console.browser.cookie('-console');
    }),
    link: proofs.link,
    reset: once(async () => {
      await restoreAlice(world);
      return world.passwordReset(await guest.browser());
    }),
  };
}

async function acmeOf({ platform }: World): Promise<Tenant> {
  const tenant = await platform.application.nest.get(TenantResolver).find({ kind: 'path', slug: 'acme' });
  if (!tenant) throw new Error('There is no acme.');
  return tenant;
}

/** Mails go to her address, which another case may have changed. */
async function restoreAlice({ acme, platform }: World): Promise<void> {
  const user = { email: 'alice@acme.test', email_verified: true };
  await platform.operator.patch(`/tenants/acme/users/${acme.aliceId}`, user);
}

async function verificationOf(world: World, purpose: Purpose, more: { userId?: string; browser?: { secret: string } }) {
  await restoreAlice(world);
  const tenant = await acmeOf(world);
  const verifications = world.platform.application.nest.get(Verifications);
  const asked = { purpose, address: 'alice@acme.test', lifetimeSeconds: 600, ...more };
  return world.transaction(world.acmeId, (transaction) => verifications.begin(tenant, asked, transaction));
}

async function invitationOf(world: World): Promise<string> {
  const email = `${randomUUID()}@acme.test`;
  const invitation = { email, attributes: {}, tenantAdmin: false, roles: [], locale: 'en' } as const;
  const invitations = world.platform.application.nest.get(Invitations);
  await invitations.create(await acmeOf(world), { ...invitation, lifetimeSeconds: 3600 });
  const mail = await lastMailTo(world.platform, world.acme, email);
  return new URL(mail.link).searchParams.get('token') ?? '';
}

/** Of a change of Alice's address that she began and has not completed. */
async function emailTokenOf({ acme, platform }: World): Promise<string> {
  const address = `${randomUUID()}@new.test`;
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
  await browser.submit(await browser.open(`${acme.issuer}/account/email`), 'email-form', { email: address });
  const [mail] = await mailsTo(platform, acme, address);
  return new URL(mail?.link ?? '').searchParams.get('token') ?? '';
}

async function logoutTicketOf(issuer: string, idToken: string): Promise<string> {
  const hint = { id_token_hint: idToken, post_logout_redirect_uri: 'https://rp.test/out' };
  const { headers } = await postForm(`${issuer}/end-session`, hint);
  return new URL(headers.location ?? '', issuer).searchParams.get('ticket') ?? '';
}

/** The same shapes, made up: what belongs to nobody. */
export function madeUp(real: Belongings): Belongings {
  const secret = async () => randomBytes(32).toString('base64url');
  const browser = (of: BrowserBelongings): BrowserBelongings => ({
    session: once(async () => (await of.session()) && secret()),
    browser: once(async () => (await of.browser()) && secret()),
    forms: Object.fromEntries(
      Object.entries(of.forms).map(([name, read]) => [
        name,
        once(async () => {
          const fields = await read();
          return { ...fields, csrf: await secret(), ...('request' in fields && { request: randomUUID() }) };
        }),
      ]),
    ),
  });
  const forged = (token: Lazy<string>) => async () => {
    const [header = '', payload = ''] = (await token()).split('.');
    return `${header}.${payload}.${randomBytes(64).toString('base64url')}`;
  };
  /** Made up, and the real one made with it, so that afterwards nothing is left to make. */
  const instead =
    <Value, Other>(of: Lazy<Value>, other: (real: Value) => Promise<Other> | Other) =>
    async () =>
      other(await of());
  return {
    guest: browser(real.guest),
    person: browser(real.person),
    halfway: browser(real.halfway),
    secured: browser(real.secured),
    clientId: instead(real.clientId, () => randomUUID()),
    code: instead(real.code, async ({ verifier }) => ({ code: await secret(), verifier })),
    refreshToken: instead(real.refreshToken, secret),
    publicCode: instead(real.publicCode, async ({ verifier }) => ({ code: await secret(), verifier })),
    publicRefreshToken: instead(real.publicRefreshToken, secret),
    logoutTicket: forged(real.logoutTicket),
    accessToken: forged(real.accessToken),
    accountToken: forged(real.accountToken),
    emailToken: once(instead(real.emailToken, secret)),
    opaqueToken: instead(real.opaqueToken, secret),
    idToken: forged(real.idToken),
    webSecret: instead(real.webSecret, secret),
    signUpId: instead(real.signUpId, () => randomUUID()),
    brandingPreview: instead(real.brandingPreview, secret),
    setupToken: instead(real.setupToken, secret),
    setupSession: instead(real.setupSession, secret),
    consoleSession: instead(real.consoleSession, secret),
    link: async (purpose) => instead(() => real.link(purpose), secret)(),
    reset: instead(real.reset, async () => ({ link: await secret(), id: randomUUID(), code: '00000000' })),
  };
}
