import { type HttpAnswer, encodeForm, send } from './http.js';

/** A `>` may stand in a quoted value. */
const FORM = /<form((?:"[^"]*"|[^">])*)>(.*?)<\/form>/gs;
const INPUT = /<input((?:"[^"]*"|[^">])*)>/g;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly host: string;
}

/** A form as a browser would send it. */
export interface PageForm {
  readonly action: string;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A page that a test looks at. */
export interface Page extends HttpAnswer {
  /** Where it came from. */
  readonly url: string;
}

/**
 * A browser without scripts: cookies by host and path, redirects when asked to, and forms read from the HTML. Real
 * Chromium is used in test/browser; this one serves the tests of the protocol.
 */
export class TestBrowser {
  private cookies: Cookie[] = [];

  /** The same browser once more: what one of two answers does to it, the other one does not. */
  fork(): TestBrowser {
    const other = new TestBrowser();
    other.cookies = [...this.cookies];
    return other;
  }

  /** Loads an address. Redirects within the platform are followed; one that leaves it is the answer. */
  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.follow(await this.request('GET', url, undefined, { accept: 'text/html', ...headers }));
  }

  /** One request with this browser's cookies; nothing is followed. */
  async request(
    method: string,
    url: string,
    body?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const cookie = this.cookieHeader(url);
    const answer = await send(url, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
    });
    this.keep(url, answer);
    return { ...answer, url };
  }

  /** Sends the form with these fields filled in, as its own page would. */
  async submit(
    page: Page,
    formId: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const form = readForm(page, formId);
    const url = new URL(form.action, page.url).href;
    const { origin } = new URL(page.url);
    const body = encodeForm({ ...form.fields, ...fields });
    return this.follow(
      await this.request('POST', url, body, {
        accept: 'text/html',
        origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      }),
    );
  }

  /** Signs in on the sign-in page. */
  signIn(page: Page, username: string, password: string): Promise<Page> {
    return this.submit(page, 'login-form', { username, password });
  }

  /** Presses one of the buttons of the consent page. */
  decide(page: Page, decision: 'approve' | 'deny'): Promise<Page> {
    return this.submit(page, `consent-${decision}`, { decision });
  }

  /** The cookies it would send to this address. */
  cookieHeader(url: string): string {
    const { hostname, pathname } = new URL(url);
    return this.cookies
      .filter(
        ({ host, path }) =>
          host === hostname && (pathname === path || pathname.startsWith(path === '/' ? '/' : `${path}/`)),
      )
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  get cookieNames(): string[] {
    return this.cookies.map(({ name }) => name);
  }

  /** The value of a cookie whose name ends like this. */
  cookie(ending: string): string {
    return this.cookies.find(({ name }) => name.endsWith(ending))?.value ?? '';
  }

  private async follow(page: Page): Promise<Page> {
    let current = page;
    for (let hops = 0; hops < 10; hops += 1) {
      const { location } = current.headers;
      if (location === undefined || current.status < 300 || current.status > 399) return current;
      const target = new URL(location, current.url);
      if (target.origin !== new URL(current.url).origin) return current;
      current = await this.request('GET', target.href, undefined, { accept: 'text/html' });
    }
    throw new Error('Too many redirects');
  }

  private keep(url: string, answer: HttpAnswer): void {
    const { hostname } = new URL(url);
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', ...value] = pair.split('=');
      const path = attributes.find((attribute) => attribute.startsWith('Path='))?.slice(5) ?? '/';
      this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.host !== hostname);
      if (!attributes.includes('Max-Age=0')) this.cookies.push({ name, value: value.join('='), path, host: hostname });
    }
  }
}

/** The form with this id, or the one that has a button with it, or (`/...`) the first one that is sent to this path. */
export function readForm(page: HttpAnswer, id: string): PageForm {
  for (const [form, attributes = '', content = ''] of page.text.matchAll(FORM)) {
    const isIt = id.startsWith('/') ? attribute(attributes, 'action').endsWith(id) : form.includes(`id="${id}"`);
    if (!isIt) continue;
    const fields: Record<string, string> = {};
    for (const [, input = ''] of content.matchAll(INPUT)) {
      if (!/type="hidden"/.test(input)) continue;
      fields[attribute(input, 'name')] = attribute(input, 'value');
    }
    return { action: attribute(attributes, 'action'), method: attribute(attributes, 'method').toUpperCase(), fields };
  }
  throw new Error(`The page has no form with ${id}: ${page.status} ${page.text.slice(0, 2000)}`);
}

/** Where the link with this id leads. */
export function linkOn(page: Page, id: string): string {
  const [tag] = [...page.text.matchAll(/<a((?:"[^"]*"|[^">])*)>/g)].find(([one]) => one.includes(`id="${id}"`)) ?? [];
  if (tag === undefined) throw new Error(`The page has no link ${id}: ${page.status} ${page.text.slice(0, 2000)}`);
  return new URL(attribute(tag, 'href'), page.url).href;
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
