import { FORM_TYPE, form } from './http.js';

const MAX_HOPS = 20;

/** The browsers of a run come from all over the world, to servers that look at it. */
const anyNetwork = () => `100.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`;

/** What a fresh browser does until it shows the sign-in page. */
export async function openSignInPage(connection, start) {
  await browse(connection, start, {}, ({ asksForPassword }) => asksForPassword);
}

/** What a fresh browser does for one sign-in: follows redirects, keeps cookies, fills in the forms it is shown. */
export async function signIn(connection, start, { username, password, redirectUri }) {
  return browse(connection, start, { username, password, redirectUri }, () => false);
}

/** @returns the parameters that came back to the client, or nothing when it ended at a page */
async function browse(connection, start, { username, password, redirectUri }, endsAt) {
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
    const page = readForm(answer);
    if (endsAt(page)) return undefined;
    path = pathOf(page.action, path);
    post = form({ ...page.fields, ...(page.asksForPassword ? { username, password } : { decision: 'approve' }) });
  }
  throw new Error('The sign-in leads nowhere.');
}

function readForm({ status, text }) {
  for (const [, attributes, content] of text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const asksForPassword = content.includes('name="password"');
    if (!asksForPassword && !content.includes('consent-approve')) continue;
    const fields = {};
    for (const [input] of content.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      fields[attribute(input, 'name')] = attribute(input, 'value');
    }
    return { action: attribute(attributes, 'action'), fields, asksForPassword };
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
