import { type Page, TestBrowser, readForm } from './browser.js';
import { type Deviations, SoftwareAuthenticator } from './authenticator.js';
import { encodeForm } from './http.js';
import { ALICE_PASSWORD } from './tenant-fixture.js';

export type CeremonyOptions = ReturnType<typeof asOptions>;

/** What the script would fetch for the form with this id. */
export async function fetchOptions(browser: TestBrowser, page: Page, formId = 'passkey-form') {
  return asOptions(await requestOptions(browser, page, formId));
}

/** The same, whatever comes of it. */
export async function requestOptions(browser: TestBrowser, page: Page, formId = 'passkey-form'): Promise<Page> {
  const { fields } = readForm(page, formId);
  const path = /data-options="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const url = new URL(path, page.url).href;
  const headers = { accept: 'application/json', 'sec-fetch-site': 'same-origin' };
  return browser.request('POST', url, encodeForm({ ...fields, credential: undefined }), headers);
}

function asOptions(answer: Page) {
  if (answer.status !== 200) throw new Error(`No options: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.json<{
    challenge: string;
    rp: { id: string; name: string };
    rpId: string;
    user: { id: string; name: string; displayName: string };
    timeout: number;
    attestation: string;
    excludeCredentials: { id: string }[];
    allowCredentials: { id: string }[];
    authenticatorSelection: { residentKey: string; userVerification: string };
    userVerification: string;
    extensions: Record<string, unknown>;
  }>();
}

/** A browser in which this person is signed in with the password. */
export async function signedIn(issuer: string, username = 'alice', password = ALICE_PASSWORD): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${issuer}/sign-in`), username, password);
  return browser;
}

/** Adds a passkey on the account page. */
export async function addPasskey(
  issuer: string,
  {
    browser,
    authenticator,
    wrong = {},
  }: {
    readonly browser?: TestBrowser;
    readonly authenticator?: SoftwareAuthenticator;
    readonly wrong?: Deviations;
  } = {},
) {
  const person = browser ?? (await signedIn(issuer));
  const key = authenticator ?? new SoftwareAuthenticator(new URL(issuer).origin);
  const page = await person.open(`${issuer}/account/passkeys`);
  const options = await fetchOptions(person, page);
  const answer = await person.submit(page, 'passkey-form', { credential: key.create(options, wrong) });
  return { browser: person, authenticator: key, options, answer };
}

/** Opens the sign-in page, of an authorization request or of the account, and signs in with a passkey alone. */
export async function signInWithPasskey(
  url: string,
  authenticator: SoftwareAuthenticator,
  { browser = new TestBrowser(), wrong = {} }: { readonly browser?: TestBrowser; readonly wrong?: Deviations } = {},
) {
  const page = await browser.open(url);
  const options = await fetchOptions(browser, page);
  const answer = await browser.submit(page, 'passkey-form', { credential: authenticator.get(options, wrong) });
  return { browser, page, options, answer };
}
