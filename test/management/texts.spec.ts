import { beforeAll, describe, expect, it } from '@jest/globals';
import { OwnTexts } from '../../src/tenants/tenant-texts.js';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import { expectProblem } from '../support/problems.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

interface Text {
  readonly key: string;
  readonly default: string;
  readonly override: string | null;
  readonly placeholders: string[];
  readonly tags: string[];
}

const platform = givenPlatform();
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  acme = await createTenant(platform, 'acme');
  globex = await createTenant(platform, 'globex');
});

const ANY = { 'if-match': '*' };
const set = (texts: object, locale = 'en', headers: Record<string, string> = ANY) =>
  platform.operator.request('PATCH', `/tenants/acme/texts/${locale}`, { texts }, headers);
const list = async (query: string) =>
  (await platform.operator.request('GET', `/tenants/acme/texts?${query}`)).json<{
    data: Text[];
    page: { next: string | null };
  }>();
const signInPage = async ({ issuer }: TenantFixture, language: string) =>
  (await send(`${issuer}/sign-in`, { headers: { 'accept-language': language } })).text;

describe('a tenant’s own texts', () => {
  it('are shown in its language and place, with values, and to nobody else', async () => {
    const changed = await set({ 'signIn.title': 'Welcome to {tenant}', 'signIn.submit': 'Let’s go' });
    expect([changed.status, changed.json()]).toEqual([
      200,
      { locale: 'en', texts: { 'signIn.title': 'Welcome to {tenant}', 'signIn.submit': 'Let’s go' } },
    ]);
    const page = await signInPage(acme, 'en');
    expect(page).toContain('<h1>Welcome to Tenant acme</h1>');
    expect(page).toContain('Let’s go');
    expect(await signInPage(acme, 'de')).toContain('<h1>Bei Tenant acme anmelden</h1>');
    expect(await signInPage(globex, 'en')).toContain('<h1>Sign in to Tenant globex</h1>');
    expect((await platform.operator.request('GET', '/tenants/globex/texts/en')).json()).toEqual({
      locale: 'en',
      texts: {},
    });
  });

  it('go back to ours', async () => {
    await set({ 'signIn.submit': 'Onwards' });
    expect(await signInPage(acme, 'en')).toContain('Onwards');
    await set({ 'signIn.submit': null });
    expect(await signInPage(acme, 'en')).not.toContain('Onwards');
  });

  it('are shown as text, whatever they hold', async () => {
    const hostile = `"><img src=x> & '<'b'>'`;
    expectProblem(await set({ 'signIn.submit': hostile }), 400, 'validation-failed');
    await set({ 'signIn.submit': '"; alert(1); &lt;b&gt; {{7*7}'.replace(/[{}]/g, '') });
    expect(await signInPage(acme, 'en')).toContain('alert(1); &amp;lt;b&amp;gt; 7*7');
    await set({ 'signIn.submit': null });
  });

  it('never fail a page, when what they name is not given any more', async () => {
    const stale = { en: { 'signIn.title': 'Hello {nobody}', 'signIn.password': 'broken {' } };
    await platform.database.query(`UPDATE tenants SET texts = $1, version = version + 1 WHERE slug = 'globex'`, [
      JSON.stringify(stale),
    ]);
    // A change through the API tells every process that the tenant has changed.
    await platform.operator.request('PATCH', '/tenants/globex', { display_name: 'Tenant globex' }, ANY);
    const page = await signInPage(globex, 'en');
    expect(page).toContain('<h1>Sign in to Tenant globex</h1>');
    expect(page).toContain('Password');
  });

  it.each([
    ['signIn.title', 'Welcome {name}', 'has the placeholder {name}; this text has {tenant}'],
    ['signIn.submit', 'Go {tenant}', 'has the placeholder {tenant}; this text has none'],
    ['signIn.title', 'Welcome {tenant', 'is not an ICU message'],
    ['signIn.title', '{tenant, plural, one {a} other {b}}', 'uses the placeholder {tenant} as another kind of value'],
    ['signIn.title', '{tenant, select, a {b} other {c}}', 'uses the placeholder {tenant} as another kind of value'],
    ['account.allowedOn', 'Since {date}', 'uses the placeholder {date} as another kind of value'],
    ['account.allowedOn', 'Since {date, date, ::ABCDEFG}', ''],
    ['signIn.submit', 'Go <b>now</b>', 'has the tag <b>; this text has none'],
    ['signIn.submit', 'Go <br/> now', 'has markup'],
    ['signIn.submit', 'a < b', 'has markup'],
    ['consent.heading', '{client} asks', 'has to name tenant, because people decide by it'],
    ['consent.withdraw', 'In your account', 'has to name account'],
    ['signIn.submit', '', 'must be text'],
    ['signIn.submit', '  ', 'must be text'],
    ['signIn.submit', 7, 'must be text'],
    ['signIn.submit', { a: 'b' }, 'must be text'],
    ['signIn.submit', 'a\nb', 'must be text of one line'],
    ['signIn.submit', 'moc.\u202eelgoog', 'without characters that cannot be seen'],
    ['signIn.submit', 'x'.repeat(2001), 'at most 2000 characters'],
    ['signIn.nothing', 'x', 'is not the key of a text'],
    ['signIn', 'x', 'is not the key of a text'],
    ['password.rule', '{count, plural, one {a}}', 'is not an ICU message'],
  ])('are refused when they could not be shown: %s %j', async (key, text, why) => {
    const answer = await set({ [key]: text });
    expectProblem(answer, 400, 'validation-failed');
    expect(answer.text).toContain(why);
  });

  it.each([
    ['account.allowedOn', 'Since {date, date, short} at {date, time, short}'],
    ['password.rule', '{count, plural, one {One character} other {# characters}}'],
    ['wait.minutes', 'in {minutes, number} minutes'],
    ['consent.withdraw', 'Go to <account>the account</account>.'],
    ['signIn.submit', "It''s {'{'}here{'}'}".replace("{'{'}", "'{'").replace("{'}'}", "'}'")],
  ])('may use what ours uses: %s %j', async (key, text) => {
    expect((await set({ [key]: text })).status).toBe(200);
    expect((await set({ [key]: null })).status).toBe(200);
  });

  it('are bounded in number and size for a tenant', async () => {
    const long = 'y'.repeat(2000);
    const { data } = await list('limit=200');
    const plain = data.filter(({ placeholders, tags, key }) => placeholders.length + tags.length === 0 && key !== '');
    const many = Object.fromEntries(plain.slice(0, 17).map(({ key }) => [key, long]));
    const answer = await set(many, 'fr');
    expectProblem(answer, 400, 'validation-failed');
    expect(answer.text).toContain('32000 characters');
    expect((await set(Object.fromEntries(plain.map(({ key }) => [key, 'z'])), 'fr')).status).toBe(200);
    expect((await set(Object.fromEntries(plain.map(({ key }) => [key, null])), 'fr')).json()).toEqual({
      locale: 'fr',
      texts: {},
    });
  });

  it('are counted in the memory of the cache', () => {
    expect(new OwnTexts({}).bytes).toBe(0);
    expect(new OwnTexts({ en: { a: 'x', b: 'y' }, de: { a: 'x' } }).bytes).toBeGreaterThanOrEqual(3000);
  });

  it('are not changed from an older version, or in a language that there is not', async () => {
    expectProblem(await set({ 'signIn.submit': 'x' }, 'en', {}), 428, 'version-required');
    expectProblem(await set({ 'signIn.submit': 'x' }, 'en', { 'if-match': '"v0"' }), 412, 'version-mismatch');
    for (const locale of ['xx', 'EN', '__proto__']) {
      expectProblem(await set({ 'signIn.submit': 'x' }, locale), 404, 'not-found');
    }
  });

  it('are in the log by their keys', async () => {
    await set({ 'signIn.otherAccount': 'or another one' });
    const { data } = (await platform.operator.request('GET', '/tenants/acme/audit-events?type=tenant.updated')).json<{
      data: { details: object }[];
    }>();
    expect(data.map(({ details }) => details)).toContainEqual(
      expect.objectContaining({ changed: ['texts'], locale: 'en', keys: ['signIn.otherAccount'] }),
    );
  });
});

describe('the list of texts', () => {
  it('has every one, in the order of the keys, with ours, the tenant’s and what can be named', async () => {
    await set({ 'signIn.continueAs': 'Weiter: {name}' }, 'de');
    const { data } = await list('locale=de&prefix=signIn.&limit=200');
    expect(data.map(({ key }) => key)).toEqual([...data.map(({ key }) => key)].sort());
    expect(data.find(({ key }) => key === 'signIn.continueAs')).toEqual({
      key: 'signIn.continueAs',
      locale: 'de',
      default: 'Weiter als {name}',
      override: 'Weiter: {name}',
      placeholders: ['name'],
      tags: [],
    });
    const own = await list('locale=de&overridden=true');
    expect(own.data.map(({ key }) => key)).toEqual(['signIn.continueAs']);
    const [withdraw] = (await list('prefix=consent.withdraw&overridden=false&limit=1')).data;
    expect(withdraw).toMatchObject({
      default: expect.stringContaining('<account>'),
      override: null,
      tags: ['account'],
    });
  });

  it('is read in pages', async () => {
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const { data, page } = await list(`locale=ar&limit=150&after=${after}`);
      seen.push(...data.map(({ key }) => key));
      after = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['account.title', 'wait.minutes']));
  });

  it.each(['locale=xx', 'prefix=%00', 'overridden=yes', 'after=nothing', 'limit=0'])('refuses %s', async (query) => {
    expectProblem(await platform.operator.request('GET', `/tenants/acme/texts?${query}`), 400, 'validation-failed');
  });
});
