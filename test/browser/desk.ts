import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ACME_LOGO } from '../../src/demo/assets/acme.logo.js';
import { GLOBEX_LOGO } from '../../src/demo/assets/globex.logo.js';
import type { MessageSet } from '../../src/language/messages.js';
import type { PageView } from '../../src/pages/page-content.js';
import { renderPage } from '../../src/pages/render-page.js';
import { PASSKEY_SCRIPT, PASSKEY_SCRIPT_PATH } from '../../src/pages/look/passkey-script.js';
import { PAGES_CSS, PAGES_CSS_PATH } from '../../src/pages/look/stylesheet.js';
import { NONCE } from '../pages/sample-pages.js';

/** Browsers have passkeys at https only. */
export const ORIGIN = 'https://tenant.test';
const POLICY = [
  "default-src 'none'",
  `style-src 'self' 'nonce-${NONCE}'`,
  `script-src 'nonce-${NONCE}'`,
  "img-src 'self'",
  "frame-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
export const POLICY_OF_MAILS = "default-src 'none'; style-src 'unsafe-inline'";

const FILES: Readonly<Record<string, { contentType: string; body: string | Buffer }>> = {
  [PAGES_CSS_PATH]: { contentType: 'text/css', body: PAGES_CSS },
  [PASSKEY_SCRIPT_PATH]: { contentType: 'text/javascript', body: PASSKEY_SCRIPT },
  '/assets/acme.png': { contentType: 'image/png', body: logoBytes(ACME_LOGO) },
  '/assets/globex.png': { contentType: 'image/png', body: logoBytes(GLOBEX_LOGO) },
  '/favicon.ico': { contentType: 'image/png', body: '' },
};

/** A browser that is shown pages which are rendered here, under the policy they are made for. Nothing else is fetched. */
export interface Desk {
  readonly page: Page;
  /** Refused requests, policy violations and script errors. */
  readonly complaints: string[];
  readonly posts: { url: string; body: string }[];
  readonly show: (view: PageView) => Promise<void>;
  /** Writes another page into the document, under the same policy. axe stays loaded: most of its time is its start. */
  readonly swap: (html: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openDesk(browser: Browser, options: BrowserContextOptions, policy = POLICY): Promise<Desk> {
  // A transition would be looked at halfway.
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const posts: Desk['posts'] = [];
  let html = '';
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await context.route('**/*', async (route) => {
    const request = route.request();
    const { pathname, origin } = new URL(request.url());
    const file = FILES[pathname];
    if (request.method() === 'POST') posts.push({ url: request.url(), body: request.postData() ?? '' });
    if (origin !== ORIGIN) {
      complaints.push(`fetched ${request.url()}`);
      return route.abort();
    }
    if (file !== undefined) return route.fulfill(file);
    if (pathname.startsWith('/dev/mail/'))
      return route.fulfill({ contentType: 'text/html', body: '<title>a mail</title>' });
    const body = pathname === '/page' ? html : '<!doctype html><title>done</title>';
    const headers = { 'content-security-policy': policy };
    return route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body });
  });
  return {
    page,
    complaints,
    posts,
    show: async (view) => {
      html = renderPage(view);
      await page.goto(`${ORIGIN}/page`);
    },
    swap: async (other) => {
      if (html === '') {
        html = other;
        await page.goto(`${ORIGIN}/page`);
      } else await page.setContent(other);
    },
    close: () => context.close(),
  };
}

/** A form_post page leaves at once; without its script it can be looked at. */
export function stillPage(view: PageView, messages?: MessageSet): string {
  return renderPage(view, messages).replace(/<script[^>]*>HTMLForm.*?<\/script>/, '');
}

function logoBytes(dataUri: string): Buffer {
  return Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64');
}
