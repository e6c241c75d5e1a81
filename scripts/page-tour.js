import { generate } from 'otplib';

/** Every page that people see, reached as they reach it: for screenshots, and for tests that look at all pages. */

/** RFC 7636 Appendix B: nobody redeems what the tour is given. */
const CODE_CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const MAIL_WITHIN_MS = 30_000;

export function authorizeUrl({ issuer, clientId, redirectUri, scope }, params = {}) {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state: 'tour',
    code_challenge: CODE_CHALLENGE,
    code_challenge_method: 'S256',
    ...params,
  });
  return `${issuer}/authorize?${query}`;
}

export async function tour(page, stop, look) {
  const open = (params) => page.goto(authorizeUrl(stop, params));
  await open({ prompt: 'consent' });
  await look('sign-in');
  await signIn(page, 'not the password');
  await look('sign-in-refused');
  await recovery(page, stop, look);
  await signUp(page, stop, look);

  await open({ prompt: 'consent' });
  await signIn(page, stop.password);
  await look('consent');
  if (stop.expireRequests) {
    await stop.expireRequests();
    await page.click('#consent-approve');
    await look('request-expired');
    await open({ prompt: 'consent' });
  }
  await page.click('#consent-approve');
  await page.waitForURL(`${stop.redirectUri}?**`);

  await open({ prompt: 'select_account' });
  await look('account-chooser');
  await open({ prompt: 'login' });
  await look('sign-in-again');
  await formPost(page, stop, look);
  await account(page, stop, look);
  await secondFactor(page, stop, look);

  await page.goto(`${stop.issuer}/end-session?client_id=${stop.clientId}`);
  await look('sign-out');
  await page.click('#logout-confirm');
  await page.waitForSelector('#logged-out');
  await look('signed-out');

  await open({ client_id: 'nobody' });
  await look('error');
  await page.goto(`${issuerOfNobody(stop.issuer)}/authorize`);
  await look('tenant-not-found');
}

/** What people do who forgot something: nothing is changed. */
async function recovery(page, stop, look) {
  const mails = await mailsOf(page, stop, look);
  await page.goto(`${stop.issuer}/forgot-password`);
  await look('forgotten-password');
  await page.fill('#identifier', 'alice');
  await page.click('#forgot-submit');
  await page.waitForSelector('#code-form');
  await look('reset-sent');
  const link = await linkInNewMail(page, stop, mails, '/reset-password');
  await look('dev-mail');
  await page.goto(link);
  await page.waitForSelector('#new-password-form');
  await look('new-password');
  await page.goto(`${stop.issuer}/forgot-username`);
  await look('forgotten-username');
  await page.fill('#email', 'nobody@people.example');
  await page.click('#forgot-username-submit');
  await page.waitForSelector('#forgot-username-form', { state: 'detached' });
  await look('username-sent');
}

/** The mails of a development installation, by their addresses. */
async function mailsOf(page, { mailbox }, look) {
  await page.goto(mailbox);
  await look?.('dev-mailbox');
  const links = await page.locator('#dev-mails a').all();
  return new Set(await Promise.all(links.map((link) => link.getAttribute('href'))));
}

/** Opens the mail that was not there before and leads to this page. It may take a moment to be there. */
async function linkInNewMail(page, stop, before, path) {
  const deadline = Date.now() + MAIL_WITHIN_MS;
  while (Date.now() < deadline) {
    for (const mail of await mailsOf(page, stop)) {
      if (before.has(mail)) continue;
      await page.goto(new URL(mail, stop.mailbox).href);
      const link = page.locator('#mail-link');
      const href = (await link.count()) > 0 ? await link.getAttribute('href') : '';
      if (href.includes(path)) return href;
    }
  }
  throw new Error(`No mail with a link to ${path} came.`);
}

/** Where it is open, up to the link of the mail; elsewhere it says so. */
async function signUp(page, stop, look) {
  const mails = await mailsOf(page, stop);
  await page.goto(`${stop.issuer}/sign-up`);
  await look('sign-up');
  if ((await page.locator('#sign-up-form').count()) === 0) return;
  await page.evaluate("document.querySelector('#sign-up-form').noValidate = true");
  await page.click('#sign-up-submit');
  await page.waitForSelector('[aria-invalid]');
  await look('sign-up-refused');
  await page.fill('#email', `ada-${Date.now()}@people.example`);
  await page.fill('#new_password', stop.password);
  await page.fill('#new_password_again', stop.password);
  if ((await page.locator('#terms').count()) > 0) await page.check('#terms');
  await page.click('#sign-up-submit');
  await page.waitForSelector('#code-form');
  await look('mail-code');
  await page.goto(await linkInNewMail(page, stop, mails, '/sign-up-link'));
  await look('confirm-address');
}

async function account(page, { issuer }, look) {
  await page.goto(`${issuer}/account`);
  await look('account');
  await page.click('#security a');
  await look('account-security');
  await page.click('a[href$="/change-password"]');
  await look('password');
  await page.goto(`${issuer}/account/passkeys`);
  await look('account-passkeys');
  await page.goto(`${issuer}/account/profile`);
  await look('account-profile');
  await page.goto(`${issuer}/account/email`);
  await look('account-email');
  await page.fill('#email', `alice-${Date.now()}@people.example`);
  await page.click('#email-submit');
  await page.waitForSelector('#email-code-form');
  await look('account-email-sent');
  await page.goto(`${issuer}/account/sessions`);
  await look('account-sessions');
  await page.click('.account-nav a[href$="/activity"]');
  await look('account-activity');
  await page.click('.account-nav a[href$="/data"]');
  await look('account-data');
  const leave = page.locator('a[href$="/account/delete"]');
  if ((await leave.count()) > 0) {
    await leave.click();
    await look('account-delete');
  }
  await page.goto(`${issuer}/account/applications`);
  await look('account-applications');
  await page.click('.application button');
  await look('account-withdrawn');
}

/** An authenticator app is set up, asked for, and removed again. */
async function secondFactor(page, stop, look) {
  const factors = `${stop.issuer}/account/second-factor`;
  await page.goto(factors);
  await look('account-second-factor');
  await page.click('a[href*="enrol-totp"]');
  await look('totp-enrolment');
  const secret = (await page.textContent('#totp-secret')).replace(/\s/g, '');
  await page.fill('#code', await generate({ secret }));
  await page.click('#totp-submit');
  await page.waitForSelector('#recovery-codes');
  await look('recovery-codes');
  const [code] = (await page.textContent('#recovery-codes')).trim().split('\n');
  await page.click('#codes-kept');

  await page.goto(authorizeUrl(stop, { prompt: 'login' }));
  await signIn(page, stop.password);
  await page.waitForSelector('#second-factor-form');
  await look('second-factor');
  await page.click('#other-factors a[href*="recovery-code"]');
  await look('second-factor-recovery');
  await page.fill('#code', code);
  await page.click('#second-factor-submit');
  await page.waitForSelector('#consent-approve');

  await page.goto(factors);
  await look('account-second-factor-set');
  await page.click('#factors .place:first-child button');
  await page.waitForSelector('.notice');
  await look('account-second-factor-removed');
}

/** The address that a tenant `nobody` would have, at its path or at its host as this one. */
function issuerOfNobody(issuer) {
  const { origin, pathname } = new URL(issuer);
  return pathname.startsWith('/t/') ? `${origin}/t/nobody` : issuer.replace(/\/\/[^.]+\./, '//nobody.');
}

async function signIn(page, password) {
  await page.fill('#username', 'alice');
  await page.fill('#password', password);
  await page.click('#login-submit');
}

/** The page leaves by itself; an application that answers 204 keeps the browser where it is. */
async function formPost(page, stop, look) {
  await page.route(stop.redirectUri, (route) => route.fulfill({ status: 204 }));
  await page.goto(authorizeUrl(stop, { response_mode: 'form_post' }), { waitUntil: 'commit' });
  await page.waitForSelector('#form-post');
  await look('form-post');
  await page.unroute(stop.redirectUri);
}
