import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import { expectProblem } from '../support/problems.js';

const platform = givenPlatform();
const COLOR = '#7a1f5c';
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let link: string;
let pages: string[];
let mails: string[];

const linksOf = (html: string) =>
  [...html.matchAll(/href="(\/t\/acme\/branding\/preview[^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
const open = (path: string) => send(new URL(path, platform.url).href, { headers: { 'accept-language': 'en' } });

beforeAll(async () => {
  const { operator } = platform;
  await operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
  await operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
  await operator.patch('/tenants/acme/branding', {
    branding: {
      primary_color: COLOR,
      primary_color_dark: '#f0a6d4',
      logo: PNG,
      texts: { en: { footer_text: 'Drafted foot' } },
    },
    texts: { en: { 'signIn.title': 'Drafted title' } },
  });
  link = (await operator.create<{ url: string }>('/tenants/acme/branding/previews', {})).url;
  const list = await send(link);
  pages = linksOf(list.text).filter((href) => href.includes('&page='));
  mails = linksOf(list.text).filter((href) => href.includes('&mail='));
});

describe('the preview of a branding', () => {
  it('shows every page with the draft, and people see nothing of it', async () => {
    expect(pages.length).toBeGreaterThan(80);
    for (const href of pages) {
      const { status, text, headers } = await open(href);
      expect([href, status]).toEqual([href, 200]);
      expect(text).toContain(COLOR);
      expect(text).toContain('Drafted foot');
      expect(text).not.toMatch(/(href|action)="\/t\/sample/);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'none'/);
      expect(headers['content-security-policy']).not.toContain('script-src');
      expect([headers['cache-control'], headers['x-robots-tag']]).toEqual(['no-store', 'noindex']);
      expect(headers['set-cookie']).toBeUndefined();
    }
    const signIn = await open(pages.find((href) => href.endsWith('&page=sign-in')) ?? '');
    expect(signIn.text).toContain('Drafted title');
    const live = await send(`${platform.url}/t/acme/sign-in`);
    expect(live.text).not.toMatch(/Drafted|7a1f5c/);
  });

  it('shows every mail, in which nothing runs', async () => {
    expect(mails.length).toBeGreaterThan(10);
    for (const href of mails) {
      const { status, text, headers } = await open(href);
      expect([href, status]).toEqual([href, 200]);
      expect(text).toContain('Acme');
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
      // The logo of the draft is within it, as it is within the mail.
      expect(text).toMatch(/<img src="data:image\/png;base64,[^"]+" alt="Acme"/);
      expect((await open(href.replace('scheme=auto', 'scheme=dark'))).text).toContain('@media all{');
    }
  });

  it('is in the language and the colours that are asked for', async () => {
    const german = await send(`${link}&locale=de&page=sign-out`);
    expect(german.text).toContain('<html lang="de"');
    const dark = (await send(`${link}&scheme=dark&page=sign-in`)).text;
    expect(dark).toContain('#f0a6d4');
    expect(dark).not.toContain(COLOR);
    expect((await send(`${link}&locale=xx&scheme=blue&page=sign-in`)).text).toContain('<html lang="en"');
  });

  it('shows the logo of the draft, which nobody else gets', async () => {
    const { text } = await send(`${link}&page=sign-in`);
    const [src = ''] = linksOf(text.replaceAll('src=', 'href=')).filter((one) => one.includes('image=logo'));
    const logo = await open(src);
    expect([logo.status, logo.headers['content-type']]).toEqual([200, 'image/png']);
    expect((await send(`${platform.url}/t/acme/branding/logo`)).status).toBe(404);
  });

  it.each([
    ['without a token', () => `${platform.url}/t/acme/branding/preview`],
    ['with another token', () => `${platform.url}/t/acme/branding/preview?token=${'a'.repeat(43)}`],
    ['with two tokens', () => `${link}&token=${'a'.repeat(43)}`],
    ['with a long token', () => `${platform.url}/t/acme/branding/preview?token=${'a'.repeat(4000)}`],
    ['at another tenant', () => link.replace('/t/acme/', '/t/globex/')],
    ['for a page of a prototype', () => `${link}&page=__proto__`],
    ['for a page that is none', () => `${link}&page=constructor`],
    ['for a mail that is none', () => `${link}&mail=toString`],
  ])('is nothing %s', async (_, url) => {
    const { status, text } = await send(url());
    expect(status).toBe(404);
    expect(text).not.toMatch(/Drafted|7a1f5c/);
  });

  it('ends: with its time, and when twenty newer ones were made', async () => {
    const { operator, database } = platform;
    const create = async () => (await operator.create<{ url: string }>('/tenants/globex/branding/previews', {})).url;
    const first = await create();
    expect((await send(first)).status).toBe(200);
    for (let made = 1; made < 20; made += 1) await create();
    expect((await send(first)).status).toBe(200);
    const last = await create();
    expect([(await send(first)).status, (await send(last)).status]).toEqual([404, 200]);
    await database.query(`UPDATE tenant_branding_previews SET expires_at = now()`);
    expect((await send(last)).status).toBe(404);
    link = (await operator.create<{ url: string }>('/tenants/acme/branding/previews', {})).url;
  });

  it('is for who may change the branding of this tenant', async () => {
    const reader = await adminOf(platform, 'acme', 'tenants:read');
    expectProblem(await reader.request('POST', '/tenants/acme/branding/previews', {}), 403, 'permission-denied');
    const brand = await adminOf(platform, 'acme', 'branding:write');
    expect((await brand.request('POST', '/tenants/acme/branding/previews', {})).status).toBe(201);
    expectProblem(await brand.request('POST', '/tenants/globex/branding/previews', {}), 404, 'not-found');
  });
});
