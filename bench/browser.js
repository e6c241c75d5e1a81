import { FORM_TYPE, form } from './http.js';

const MAX_HOPS = 20;
/** What forms are known by. */
const MARKS = { password: 'name="password"', code: 'name="code"', consent: 'consent-approve' };

/** The browsers of a run come from all over the world, to servers that look at it. */
const anyNetwork = () => `100.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`;

/** What a fresh browser does until it shows the sign-in page. */
export async function openSignInPage(connection, start) {
  await browse(connection, start, {}, (text) => text.includes('name="password"'));
}

/**
 * What a fresh browser does for one sign-in: follows redirects, keeps cookies, fills in the forms it is shown.
 * @param person.codeOn the code that an authenticator app shows, given the page that asks for it
 */
export async function signIn(connection, start, person) {
  return browse(connection, start, person, () => false);
}

/** Signs in at the account page and goes on to another page of it, until a page has this text. */
export async function browseAccount(connection, { signIn: start, page }, person, text) {
  const visit = { ...person, onTo: page };
  await browse(connection, start, visit, (shown) => shown.includes(text));
}

/** @returns the parameters that came back to the client, or nothing when it ended at a page */
async function browse(connection, start, { username, password, redirectUri, codeOn, onTo }, endsAt) {
  const cookies = new Map();
  const network = { 'x-forwarded-for': anyNetwork() };
  let path = start;
  let post;
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    const headers = { accept: 'text/html', ...network, ...(cookies.size > 0 && { cookie: cookieHeader(cookies) }) };
    const answer = await connection.request(post ? 'POST' : 'GET', path, {
      headers: post ? { ...headers, ...FORM_TYPE } : headers,
      body: post,
    });
    keep(cookies, answer.headers['set-cookie']);
    const { location } = answer.headers;
    post = undefined;
    if (redirectUri !== undefined && location?.startsWith(redirectUri)) return new URL(location).searchParams;
    if (location !== undefined) {
      path = pathOf(location, path);
      continue;
    }
    if (endsAt(answer.text)) return undefined;
    if (onTo !== undefined && path !== onTo && answer.text.includes('account-nav')) {
      path = onTo;
      continue;
    }
    const page = readForm(answer);
    path = pathOf(page.action, path);
    const typed = {
      password: () => ({ username, password }),
      code: async () => ({ code: await codeOn(answer.text) }),
      consent: () => ({ decision: 'approve' }),
    };
    post = form({ ...page.fields, ...(await typed[page.asksFor]()) });
  }
  throw new Error('The sign-in leads nowhere.');
}

function readForm({ status, text }) {
  for (const [, attributes, content] of text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const [asksFor] = Object.keys(MARKS).filter((each) => content.includes(MARKS[each]));
    if (asksFor === undefined) continue;
    const fields = {};
    for (const [input] of content.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      fields[attribute(input, 'name')] = attribute(input, 'value');
    }
    return { action: attribute(attributes, 'action'), fields, asksFor };
  }
  throw new Error(`A page without the expected form: ${status} ${text.slice(0, 1500)}`);
}

function attribute(tag, name) {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replaceAll('&amp;', '&');
}

function pathOf(location, current) {
  const url = new URL(location, `http://localhost${current}`);
  return url.pathname + url.search;
}

function keep(cookies, lines) {
  for (const line of [lines ?? []].flat()) {
    const [pair] = line.split(';');
    const [name, ...value] = pair.split('=');
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
    else cookies.set(name, value.join('='));
  }
}

function cookieHeader(cookies) {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
