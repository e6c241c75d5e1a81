/** Every page that people see, reached as they reach it: for screenshots, and for tests that look at all pages. */

/** RFC 7636 Appendix B: nobody redeems what the tour is given. */
const CODE_CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

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

  await page.goto(`${stop.issuer}/account`);
  await look('account');
  await page.click('#security a');
  await look('account-security');
  await page.click('a[href$="/change-password"]');
  await look('password');
  await page.goto(`${stop.issuer}/account/profile`);
  await look('account-profile');
  await page.goto(`${stop.issuer}/account/sessions`);
  await look('account-sessions');
  await page.click('.account-nav a[href$="/activity"]');
  await look('account-activity');
  await page.click('.account-nav a[href$="/data"]');
  await look('account-data');
  await page.click('.account-nav a[href$="/applications"]');
  await look('account-applications');
  await page.click('.application button');
  await look('account-withdrawn');
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
