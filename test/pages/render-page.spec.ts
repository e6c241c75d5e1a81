import { describe, expect, it } from '@jest/globals';
import { ACME_LOGO } from '../../src/demo/assets/acme.logo.js';
import { GLOBEX_LOGO } from '../../src/demo/assets/globex.logo.js';
import { directionOf } from '../../src/language/messages.js';
import type { ErrorPage, PageView, SignInNotice } from '../../src/pages/page-content.js';
import { renderPage } from '../../src/pages/render-page.js';
import { PASSKEY_SCRIPT_PATH } from '../../src/pages/look/passkey-script.js';
import { PAGES_CSS, PAGES_CSS_PATH } from '../../src/pages/look/stylesheet.js';
import { PAGES_WITH_PASSWORDS } from '../../src/pages/views/password-input.js';
import { elementById, tagsOf } from './html-structure.js';
import {
  ACME,
  GLOBEX,
  NAJM,
  NONCE,
  PLAIN,
  consentPage,
  contextOf,
  accountApplicationsPage,
  samplePages,
  scopeGroups,
  signInPage,
} from './sample-pages.js';

const TENANTS = [ACME, GLOBEX, PLAIN, NAJM, { ...PLAIN, locale: 'fr' }, { ...GLOBEX, locale: 'es' }] as const;
const RENDERED = TENANTS.flatMap((tenant) =>
  Object.entries(samplePages(tenant)).map(
    ([name, view]) => [`${tenant.slug} ${tenant.locale} ${name}`, renderPage(view), view] as const,
  ),
);

describe.each(RENDERED)('page %s', (_, html, view) => {
  it('is a document in its language, complete and on its own', () => {
    const { locale } = view.context;
    expect(html).toMatch(
      new RegExp(`^<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset`),
    );
    expect(html).toMatch(/<title>[^<{]+<\/title>/);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html.match(/<main>/g)).toHaveLength(1);
    expect(html).not.toMatch(/undefined|\[object|NaN/);
  });

  it('obeys a policy without unsafe-inline: no style attribute, no handler, inline blocks carry the nonce', () => {
    for (const { name, attributes } of tagsOf(html)) {
      expect(Object.keys(attributes).filter((key) => key === 'style' || key.startsWith('on'))).toEqual([]);
      if (name === 'style' || name === 'script') expect(attributes).toMatchObject({ nonce: NONCE });
    }
  });

  it('has a script only to submit a form_post response, to show a password, and for passkeys', () => {
    const scripts = tagsOf(html).filter(({ name }) => name === 'script');
    const files = scripts.flatMap(({ attributes }) => attributes['src'] ?? []);
    const hasPasskeys =
      view.page === 'account-passkeys' ||
      (view.page === 'passkey-step' && view.elsewhere === undefined) ||
      (view.page === 'sign-in' && view.passkey !== undefined) ||
      linksOf(view).includes('passkey');
    expect(files).toEqual(hasPasskeys ? [PASSKEY_SCRIPT_PATH] : []);
    const hasOwn = view.page === 'form-post' || PAGES_WITH_PASSWORDS.has(view.page);
    expect(scripts).toHaveLength(files.length + (hasOwn ? 1 : 0));
  });

  it('can show each password that is typed', () => {
    const passwords = tagsOf(html).filter(({ attributes }) => attributes['type'] === 'password');
    if (passwords.length > 0) expect(PAGES_WITH_PASSWORDS).toContain(view.page);
    for (const { attributes } of passwords) {
      expect(elementById(html, `${attributes['id']}-show`)?.attributes).toMatchObject({
        type: 'button',
        hidden: '',
        'data-shows': attributes['id'],
      });
    }
  });

  it('fetches nothing from elsewhere', () => {
    for (const { name, attributes } of tagsOf(html)) {
      const source = attributes['src'] ?? (name === 'link' ? attributes['href'] : undefined);
      if (source !== undefined) expect(source).toMatch(name === 'iframe' ? /^\/dev\/mail\// : /^\/assets\//);
    }
    expect(PAGES_CSS).not.toMatch(/url\(|@import|@font-face/);
  });

  it('has each id once, and describes by ids that exist', () => {
    const ids = tagsOf(html).flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of tagsOf(html)) {
      for (const id of [attributes['aria-describedby'], attributes['aria-labelledby'], attributes['for']]) {
        for (const one of id?.split(' ') ?? []) expect(ids).toContain(one);
      }
    }
  });

  it('weighs less than 50 KB with its style sheet and logo', () => {
    const logo = Math.max(ACME_LOGO.length, GLOBEX_LOGO.length);
    expect(Buffer.byteLength(html) + Buffer.byteLength(PAGES_CSS) + logo).toBeLessThan(50_000);
  });
});

describe('sign-in page', () => {
  const html = renderPage(signInPage(ACME));

  it('has the ids and names that other people’s scripts rely on', () => {
    expect(elementById(html, 'login-form')).toMatchObject({ name: 'form', attributes: { method: 'post' } });
    expect(elementById(html, 'login-submit')).toMatchObject({ name: 'button', attributes: { type: 'submit' } });
    expect(elementById(html, 'username')?.attributes).toMatchObject({
      name: 'username',
      autocomplete: 'username',
      autocapitalize: 'none',
      spellcheck: 'false',
    });
    expect(elementById(html, 'password')?.attributes).toMatchObject({
      name: 'password',
      type: 'password',
      autocomplete: 'current-password',
    });
  });

  it('names organisation, application and host, and carries the hidden fields', () => {
    expect(html).toContain('Sign in to Acme');
    expect(html).toContain('<bdi>Order Desk</bdi>');
    expect(html).toContain('orders.acme.example');
    expect(html).toContain('<input type="hidden" name="csrf" value="p6R0mDkq"/>');
  });

  it('puts the focus where work begins', () => {
    const focused = (page: string) =>
      tagsOf(page).flatMap(({ attributes }) => ('autofocus' in attributes ? attributes['id'] : []));
    expect(focused(html)).toEqual(['username']);
    expect(focused(renderPage({ ...signInPage(ACME), username: 'alice' }))).toEqual(['password']);
    expect(focused(renderPage({ ...signInPage(ACME), notice: 'invalid_credentials' }))).toEqual(['notice']);
  });

  it('reports wrong credentials to ears and eyes, and keeps the username', () => {
    const failed = renderPage({ ...signInPage(ACME), username: 'alice', notice: 'invalid_credentials' });
    expect(failed).toContain('<title>Error: Sign in to Acme</title>');
    expect(elementById(failed, 'notice')?.attributes).toMatchObject({ role: 'alert', tabindex: '-1' });
    for (const id of ['username', 'password']) {
      expect(elementById(failed, id)?.attributes).toMatchObject({
        'aria-invalid': 'true',
        'aria-describedby': 'notice',
      });
    }
    expect(elementById(failed, 'username')?.attributes['value']).toBe('alice');
    expect(elementById(failed, 'password')?.attributes).not.toHaveProperty('value');
  });

  it.each<[SignInNotice, 'alert' | 'status']>([
    ['credentials_required', 'alert'],
    ['too_many_attempts', 'alert'],
    ['busy', 'alert'],
    ['csrf', 'alert'],
    ['session_expired', 'status'],
    ['reauthenticate', 'status'],
    ['other_account', 'status'],
    ['passkey_expired', 'alert'],
    ['passkey_unknown', 'alert'],
    ['passkey_refused', 'alert'],
    ['passkey_off', 'alert'],
  ])('says %s as %s', (notice, role) => {
    const page = renderPage({ ...signInPage(ACME), notice });
    expect(elementById(page, 'notice')?.attributes['role']).toBe(role);
    expect(page.includes('<title>Error: ')).toBe(role === 'alert');
  });

  it.each([
    [1, 'in 1 second.'],
    [59, 'in 59 seconds.'],
    [60, 'in 1 minute.'],
    [61, 'in 2 minutes.'],
  ])('tells how long to wait, below a minute in seconds: %i', (retryAfterSeconds, text) => {
    const page = renderPage({ ...signInPage(ACME), notice: 'too_many_attempts', retryAfterSeconds });
    expect(page).toContain(text);
  });

  it('shows the tenant’s own words in the language of the page', () => {
    expect(renderPage(signInPage(GLOBEX))).toContain('<h1>Willkommen bei Globex</h1>');
    expect(renderPage(signInPage({ ...GLOBEX, locale: 'en' }))).toContain('<h1>Welcome back to Globex</h1>');
  });
});

describe('consent page', () => {
  it('has the ids that other people’s scripts rely on, and buttons of the same kind', () => {
    const html = renderPage(consentPage(ACME));
    const approve = elementById(html, 'consent-approve');
    const deny = elementById(html, 'consent-deny');
    expect(approve?.attributes).toMatchObject({ type: 'submit', name: 'decision', value: 'approve' });
    expect(deny?.attributes).toMatchObject({ type: 'submit', name: 'decision', value: 'deny' });
    expect(approve?.attributes['class']).toBe(deny?.attributes['class']);
    expect(elementById(html, 'consent-scopes')).toBeDefined();
  });

  it('lists every scope once, in words, under its resource', () => {
    const html = renderPage(consentPage(GLOBEX));
    const listed = tagsOf(html).flatMap(({ attributes }) => attributes['data-scope'] ?? []);
    expect(listed).toEqual(['openid', 'profile', 'email', 'offline_access', 'orders:read', 'orders:write']);
    expect(html).toContain('Ihre E-Mail-Adresse sehen');
    expect(html).toContain('<h3 class="scope-heading"><bdi>Bestellungen</bdi></h3>');
  });

  it('tells new permissions from known ones only when there are both', () => {
    const chips = (html: string) => html.match(/class="chip/g)?.length ?? 0;
    expect(chips(renderPage(consentPage(ACME)))).toBe(0);
    const mixed = { ...consentPage(ACME), scopeGroups: scopeGroups(ACME, ['openid']) };
    expect(chips(renderPage(mixed))).toBe(6);
    expect(renderPage(mixed)).toContain('asks for more access');
    const ALL = ['openid', 'profile', 'email', 'offline_access', 'orders:read', 'orders:write'];
    const again = renderPage({ ...consentPage(ACME), scopeGroups: scopeGroups(ACME, ALL) });
    expect(chips(again)).toBe(0);
    expect(again).not.toContain('asks for more access');
  });

  it('names a scope that nobody described, rather than nothing', () => {
    const groups = [{ scopes: [{ name: 'constructor', isGranted: false }] }];
    expect(renderPage({ ...consentPage(ACME), scopeGroups: groups })).toContain('<code><bdi>constructor</bdi></code>');
  });
});

describe('sign-out', () => {
  it('asks by a button and confirms by an element with a fixed id', () => {
    const pages = samplePages(ACME);
    const html = (name: string) => renderPage(pages[name] ?? consentPage(ACME));
    expect(elementById(html('sign-out'), 'logout-confirm')?.name).toBe('button');
    expect(elementById(html('signed-out'), 'logged-out')).toBeDefined();
    expect(html('signed-out')).toContain('Not reached');
  });
});

describe('error pages', () => {
  const base: Omit<ErrorPage, 'error'> = { page: 'error', context: contextOf(ACME), requestId: 'req-1' };

  it.each([
    'invalid_request',
    'unauthorized_client',
    'access_denied',
    'unsupported_response_type',
    'invalid_scope',
    'server_error',
    'temporarily_unavailable',
    'login_required',
    'invalid_target',
    'a_code_from_an_extension',
  ])('carry the code %s, the request id and advice', (error) => {
    const html = renderPage({ ...base, error });
    expect(elementById(html, 'error-page')?.attributes['data-error']).toBe(error);
    expect(html).toContain('<code>req-1</code>');
    expect(html).toContain('What you can do');
    expect(html).toContain('<title>Error: ');
  });

  it('never echo a code that is not shaped like one', () => {
    for (const error of ['<b>', 'Call 0800-SCAM', 'x'.repeat(65), '']) {
      const html = renderPage({ ...base, error });
      expect(elementById(html, 'error-page')?.attributes['data-error']).toBe('invalid_request');
      expect(html).not.toContain('SCAM');
    }
  });

  it('do not look a hostile code up in the prototype', () => {
    const html = renderPage({ ...base, error: 'constructor' });
    expect(html).toContain('The application sent an incomplete request');
  });

  it('explain the reason where the code alone would not', () => {
    const html = renderPage({ ...base, error: 'invalid_request', reason: 'redirect_uri_mismatch' });
    expect(html).toContain('We cannot return you safely');
  });

  it.each(['request-expired', 'tenant-not-found'])('%s is an error page too', (name) => {
    const view = samplePages(ACME)[name] ?? signInPage(ACME);
    expect(elementById(renderPage(view), 'error-page')).toBeDefined();
  });

  it('name no tenant when there is none', () => {
    const html = renderPage(samplePages(ACME)['tenant-not-found'] ?? signInPage(ACME));
    expect(html).not.toContain('Acme');
  });
});

describe('account page', () => {
  it('has a form of its own for each application and says which in the button', () => {
    const html = renderPage(accountApplicationsPage(ACME));
    expect(html.match(/action="\/t\/sample\/account\/withdraw"/g)).toHaveLength(2);
    expect(html).toContain('Withdraw access of <bdi>Order Desk</bdi>');
  });
});

function shown(name: string): string {
  const view = samplePages(ACME)[name];
  return view === undefined ? '' : renderPage(view);
}

describe('a page of a required step', () => {
  it.each(['second-factor-enrolment-required', 'prove-address', 'mail-code-verify', 'password-asked'])(
    'has a way out for somebody else: %s',
    (name) => {
      expect(shown(name)).toMatch(/action="\/t\/sample\/consent\/switch"[^]*Not you\? Sign out/);
    },
  );

  it('speaks of no mail where only the user name is missing', () => {
    expect(elementById(shown('mail-code'), 'code-resend')).toBeDefined();
    const html = shown('mail-code-username');
    expect(elementById(html, 'code-resend')).toBeUndefined();
    expect(html).not.toContain('We have sent an email');
  });
});

describe('links to passkeys', () => {
  it.each([
    ['second-factor-enrolment', '<div class="field" hidden data-passkey-shown>', 'id="enrol-passkey"'],
    ['second-factor', '<li hidden data-passkey-shown>', '/second-factor/passkey?request=Xv7b'],
  ])('on the page %s are there once the script shows them', (name, hidden, link) => {
    const html = shown(name);
    const at = html.indexOf(hidden);
    expect(at).toBeGreaterThan(0);
    expect(html.indexOf(link)).toBeGreaterThan(at);
    expect(html.split('data-passkey-shown')).toHaveLength(2);
    expect(html).not.toContain('data-passkey-missing');
  });

  it('are replaced by what is needed where there is nothing else', () => {
    const html = shown('second-factor-enrolment-passkey');
    expect(html).toContain('<div class="stack" id="enrolment-choices" hidden data-passkey-shown>');
    expect(html).toMatch(/<p class="panel" data-passkey-missing="true">A passkey is needed here[^<]*JavaScript/);
  });

  it('in the account are there once the script shows them', () => {
    expect(elementById(shown('account-second-factor-empty'), 'set-up-passkey')?.attributes).toHaveProperty('hidden');
    expect(elementById(shown('account-second-factor-empty'), 'set-up-totp')?.attributes).not.toHaveProperty('hidden');
  });
});

describe('branding', () => {
  it('shows a wordmark when there is no logo', () => {
    const html = renderPage(signInPage(PLAIN));
    expect(html).toContain('<bdi>Kantonalbank Appenzell</bdi></p></header>');
    expect(tagsOf(html).filter(({ name }) => name === 'img')).toEqual([]);
  });

  it('lays a logo of unknown colours on a plate, and speaks its alternative text', () => {
    const branding = { logo: { alt: 'Acme Corporation' } };
    const html = renderPage(signInPage({ ...ACME, branding }));
    expect(html).toContain('<img class="logo plate" src="/assets/acme.png" alt="Acme Corporation"/>');
  });

  it('needs no inline style unless the tenant chose a colour', () => {
    expect(renderPage(signInPage(PLAIN))).not.toContain('<style');
    expect(renderPage(signInPage(ACME))).toContain('--primary:#143a6b');
  });

  it('links other languages, not the current one', () => {
    const html = renderPage(signInPage(GLOBEX));
    expect(html).toContain('lang="en" hreflang="en">English</a>');
    expect(html).toContain('<span aria-current="true">Deutsch</span>');
  });
});

describe('style sheet', () => {
  it('has an address that follows its content', () => {
    expect(PAGES_CSS_PATH).toMatch(/^\/assets\/pages-[0-9a-f]{12}\.css$/);
  });

  it('uses logical properties, so that a right-to-left language needs no second one', () => {
    expect(PAGES_CSS).not.toMatch(/[{;](margin|padding|border)-(left|right|top|bottom)|[{;](left|right|width|height):/);
  });

  it.each(['prefers-color-scheme:dark', 'prefers-reduced-motion', 'forced-colors', 'prefers-contrast', 'safe-area'])(
    'answers to %s',
    (condition) => {
      expect(PAGES_CSS).toContain(condition);
    },
  );
});

describe('demo logos', () => {
  it.each([ACME_LOGO, GLOBEX_LOGO])('are small PNGs', (logo) => {
    const bytes = Buffer.from(logo.replace('data:image/png;base64,', ''), 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(10_000);
  });
});

/** The factors that a page has links to, beside others. */
function linksOf(view: PageView): readonly string[] {
  if (view.page === 'second-factor') return view.others.map(({ factor }) => factor);
  if (view.page === 'second-factor-enrolment') return view.choices.map(({ factor }) => factor);
  if (view.page === 'account-second-factor') return view.setUp.map(({ factor }) => factor);
  return [];
}
