import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomSecret } from '../../src/crypto/random.js';
import { LOCALES, loadMessages } from '../../src/language/messages.js';
import type { PageView, SignInPage } from '../../src/pages/page-content.js';
import { PageTemplates } from '../../src/pages/page-templates.js';
import { renderPage } from '../../src/pages/render-page.js';
import { ACME, GLOBEX, NAJM, contextOf, signInPage } from './sample-pages.js';

let templates: PageTemplates;
beforeEach(async () => {
  await Promise.all(LOCALES.map((locale) => loadMessages(locale)));
  templates = new PageTemplates();
});

const LOOKS = [ACME, GLOBEX, NAJM].map((sample) => ({ sample, tenant: contextOf(sample).tenant }));

/** As it is made for each visit: the nonce, the token and the request are new. */
function visit(index: number, own: Partial<SignInPage> = {}): SignInPage {
  const { sample, tenant } = LOOKS[index] ?? {};
  if (!sample || !tenant) throw new Error('There is no such sample.');
  const hidden = { csrf: `${randomSecret()}.${randomSecret()}`, request: randomUUID() };
  const page = signInPage(sample);
  const languages = LOCALES.map((locale) => ({
    locale,
    href: `/language/${locale}/sign-in?request=${hidden.request}`,
  }));
  const context = { ...page.context, tenant, languages, nonce: randomSecret() };
  const passkey = { action: '/sign-in/passkey', hidden, optionsPath: '/options', scriptPath: '/passkey.js' };
  return { ...page, hidden, context, passkey, signUpPath: `/sign-up?request=${hidden.request}`, ...own };
}

const shown = (view: PageView) => {
  const { text, encoding } = templates.render(view);
  return Buffer.from(text, encoding).toString();
};

describe('A page that is kept', () => {
  it('is the page of this visit, in every language and for every tenant', () => {
    for (let round = 0; round < 3; round += 1) {
      for (const index of LOOKS.keys()) {
        for (const own of [
          {},
          { isPasskeyFirst: true },
          { clientName: 'Büro – «Ø» \u0645' },
          { hidden: { csrf: 'a.b-_' } },
        ]) {
          const view = visit(index, own);
          expect(shown(view)).toBe(renderPage(view));
        }
      }
    }
    // The last kind is another page at each visit: its second form has a token of its own.
    expect(templates.count).toBe(9);
  });

  it('is kept without a request as well, as for the account pages', () => {
    for (let round = 0; round < 3; round += 1) {
      const { context, ...page } = visit(0);
      const hidden = { csrf: `${randomSecret()}.${randomSecret()}`, return: '/account/profile' };
      const own = { hidden, passkey: undefined, signUpPath: '/sign-up' };
      const view = { ...page, ...own, context: { ...context, languages: [] } };
      expect(shown(view as SignInPage)).toBe(renderPage(view));
    }
    expect(templates.count).toBe(1);
  });

  it('is another one for another client, host, language or look', () => {
    const first = visit(0);
    shown(first);
    shown(first);
    expect(templates.count).toBe(1);
    for (const other of [
      { ...first, clientName: 'Another' },
      { ...first, redirectHost: 'another.example' },
      { ...first, stage: 'identify' as const },
      { ...first, rememberMe: { isTicked: true } },
      { ...first, context: { ...first.context, locale: 'de' as const } },
      { ...first, context: { ...first.context, tenant: { ...first.context.tenant, displayName: 'Renamed' } } },
    ]) {
      for (let round = 0; round < 3; round += 1) expect(shown(other)).toBe(renderPage(other));
      expect(shown(other)).not.toBe(shown(first));
    }
  });

  it('is one that was asked for before, and there is an end to them', () => {
    for (let index = 0; index < 1000; index += 1) shown(visit(0, { clientName: `Client ${index}` }));
    expect(templates.count).toBe(0);
    for (let index = 0; index < 1000; index += 1) shown(visit(0, { clientName: `Client ${index}` }));
    expect(templates.count).toBeGreaterThan(100);
    expect(templates.count).toBeLessThan(1000);
  });

  it('holds nothing of one person or one attempt', () => {
    const { hidden } = visit(0);
    for (const own of [
      { username: 'alice' },
      { notice: 'invalid_credentials' as const },
      { notice: 'too_many_attempts' as const, retryAfterSeconds: 3 },
      { continueAs: { action: '/continue', hidden, name: 'Alice' } },
      { accounts: [{ action: '/continue', hidden, name: 'Alice', username: 'alice' }] },
      { passkey: { action: '/p', hidden, optionsPath: '/o', scriptPath: '/s', signals: [{ userId: 'alice' }] } },
    ]) {
      const view = visit(0, own);
      for (let round = 0; round < 3; round += 1) expect(shown(view)).toBe(renderPage(view));
    }
    expect(templates.count).toBe(0);
  });
});
