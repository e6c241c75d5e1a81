import { describe, it } from '@jest/globals';
import { authorizeUrl } from '../../scripts/page-tour.js';
import { ALL, PARAMETERS, PATHS, expectHarmless } from '../browser/hostile-text.js';
import { type HostileVisits, givenHostileVisits } from '../browser/hostile-visits.js';
import { encodeForm } from '../support/http.js';

const given = givenHostileVisits();

describe('hostile input in Chromium', () => {
  it.each([false, true])('is text in every parameter of every page (signed in: %s)', async (isSignedIn) => {
    const { person, tenant } = given();
    if (isSignedIn) await signIn(given());
    const everywhere = encodeForm(Object.fromEntries(PARAMETERS.map((name) => [name, ALL])));
    for (const path of PATHS) await expectHarmless(person, `${tenant.issuer}${path}?${everywhere}`);
    for (const name of PARAMETERS) await expectHarmless(person, authorizeUrl(tenant, { [name]: ALL }));
    for (const name of ['client_id', 'post_logout_redirect_uri', 'state', 'ticket']) {
      await expectHarmless(person, `${tenant.issuer}/end-session?${encodeForm({ [name]: ALL })}`);
    }
  });
});

async function signIn({ person: { page }, tenant }: HostileVisits): Promise<void> {
  await page.goto(`${tenant.issuer}/sign-in`);
  await page.fill('#username', 'alice');
  await page.fill('#password', tenant.password);
  await page.click('#login-submit');
  await page.waitForURL(`${tenant.issuer}/account`);
}
