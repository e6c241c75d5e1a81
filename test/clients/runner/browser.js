import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { text as textFrom } from 'node:stream/consumers';

const FORM = /<form((?:"[^"]*"|[^">])*)>(.*?)<\/form>/gs;
const INPUT = /<(?:input|button)((?:"[^"]*"|[^">])*)>/g;
const MAX_STEPS = 30;

/**
 * A browser without scripts, signed in by nobody yet: it keeps cookies by host, follows redirects everywhere, and fills
 * in the platform's own pages (sign-in, consent, sign-out) as the person would.
 */
export class Browser {
  #cookies = new Map();
  #person;
  #end;
  /** What the person did, in order. */
  did = [];

  constructor(person) {
    this.#person = person;
  }

  /** Opens an address and goes on until a page is reached that asks the person for nothing. */
  async open(url) {
    return this.#settle(await this.#send('GET', url));
  }

  /** As `open`, up to the redirect to this address, which is not asked. */
  async openUntil(url, end) {
    this.#end = end;
    return (await this.open(url)).url;
  }

  /** Sends the first form of a page of the client. */
  async submit(page, fields = {}) {
    const [form] = formsOf(page);
    if (!form) throw new Error(`No form at ${page.url}: ${page.text.slice(0, 300)}`);
    return this.#settle(await this.#sendForm(page, form, fields));
  }

  /** True when the platform asks for name and password again. */
  async isAskedToSignIn(url) {
    const page = await this.#follow(await this.#send('GET', url));
    return page.text.includes('id="login-form"');
  }

  async #settle(first) {
    let page = await this.#follow(first);
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const next = this.#nextForm(page);
      if (!next) return page;
      page = await this.#follow(await this.#sendForm(page, next.form, next.fields));
    }
    throw new Error(`No end at ${page.url}`);
  }

  #nextForm(page) {
    if (page.text.includes('id="error-page"')) throw new Error(`error page: ${textOf(page.text)}`);
    const forms = formsOf(page);
    const has = (id) => forms.find(({ html }) => html.includes(`id="${id}"`));
    const said = (what) => this.did.push(what);
    if (has('login-form')) {
      if (this.did.at(-1) === 'sign-in') throw new Error(`sign-in refused: ${textOf(page.text)}`);
      said('sign-in');
      return { form: has('login-form'), fields: { ...this.#person } };
    }
    if (has('consent-approve')) {
      said('consent');
      return { form: has('consent-approve'), fields: { decision: 'approve' } };
    }
    if (has('logout-confirm')) {
      said('sign-out');
      return { form: has('logout-confirm'), fields: {} };
    }
    return undefined;
  }

  async #follow(page) {
    let current = page;
    for (let hops = 0; hops < MAX_STEPS; hops += 1) {
      if (current.status < 300 || current.status > 399 || !current.location) return current;
      const { href } = new URL(current.location, current.url);
      if (this.#end && href.startsWith(this.#end)) return { url: href, status: 200, text: '' };
      current = await this.#send('GET', href);
    }
    throw new Error(`Redirected without end at ${current.url}`);
  }

  #sendForm(page, form, fields) {
    const url = new URL(form.action || page.url, page.url);
    const body = new URLSearchParams({ ...form.fields, ...fields });
    if (form.method === 'GET') return this.#send('GET', `${url.origin}${url.pathname}?${body}`);
    return this.#send('POST', url.href, body, new URL(page.url).origin);
  }

  async #send(method, url, body, origin) {
    const { hostname, href } = new URL(url);
    const cookies = this.#cookies.get(hostname) ?? new Map();
    this.#cookies.set(hostname, cookies);
    const response = await request(href, {
      method,
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        'user-agent': 'Mozilla/5.0 (test:clients)',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ') }),
        ...(origin && { origin, 'sec-fetch-site': 'same-origin', referer: `${origin}/` }),
        ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: body?.toString(),
    });
    for (const line of response.headers['set-cookie'] ?? []) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const expired = attributes.some((text) => /^max-age=0$/i.test(text) || /^expires=.*\b1970\b/i.test(text));
      if (expired) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), { value: pair.slice(at + 1) });
    }
    return { url: href, status: response.status, location: response.headers.location, text: response.text };
  }
}

/** As `fetch`, which calls itself a script in `sec-fetch-mode`: some clients lead only a person to the sign-in. */
async function request(url, { method, headers, body }) {
  const { request: start } = url.startsWith('https:') ? https : http;
  const outgoing = start(url, { method, headers, signal: AbortSignal.timeout(30_000) });
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  return { status: answer.statusCode, headers: answer.headers, text: await textFrom(answer) };
}

/** Forms with their hidden fields. */
function formsOf({ text }) {
  return [...text.matchAll(FORM)].map(([html, attributes, content]) => ({
    html,
    action: attribute(attributes, 'action'),
    method: (attribute(attributes, 'method') || 'get').toUpperCase(),
    fields: Object.fromEntries(
      [...content.matchAll(INPUT)]
        .filter(([, input]) => /type="hidden"/.test(input))
        .map(([, input]) => [attribute(input, 'name'), attribute(input, 'value')]),
    ),
  }));
}

function attribute(tag, name) {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return unescape(value);
}

/** What a person reads on a page. */
export function textOf(html) {
  const body = html.replace(/<(style|script|head)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ');
  return unescape(body).replace(/\s+/g, ' ').trim().slice(0, 300);
}

function unescape(text) {
  const named = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|quot|amp));/gi, (_, hex, decimal, name) =>
    name ? named[name.toLowerCase()] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)),
  );
}
