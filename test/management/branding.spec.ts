import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

interface Draft {
  readonly state: string;
  readonly branding: Record<string, unknown>;
  readonly texts: Record<string, Record<string, string>>;
  readonly is_outdated: boolean;
  readonly contrast: {
    readonly passes: boolean;
    readonly faults: { member: string; scheme: string; where: string; needed: number; chosen: Pair; shown: Pair }[];
    readonly nearest: Record<string, string | null>;
  };
}
interface Pair {
  readonly foreground: string;
  readonly background: string;
  readonly ratio: number;
}
interface Version extends Draft {
  readonly number: number;
  readonly source: string;
  readonly restored_from: number | null;
}

const platform = givenPlatform();
const ANY = { 'if-match': '*' };
const READABLE = '#0a5a40';
const PALE = '#ffe066';

/** A tenant of one test. */
async function newTenant(branding: object = {}) {
  const slug = `t${Math.random().toString(36).slice(2, 12)}`;
  await platform.operator.create('/tenants', { slug, display_name: slug, branding });
  const at = `/tenants/${slug}/branding`;
  const { operator } = platform;
  return {
    slug,
    at,
    draft: (body: object, headers: Record<string, string> = ANY) => operator.request('PATCH', at, body, headers),
    read: () => operator.get<Draft>(at),
    publish: (body: object = {}, headers: Record<string, string> = {}) =>
      operator.request('POST', `${at}/publish`, body, headers),
    versions: async () => (await operator.get<{ data: Version[] }>(`${at}/versions`)).data,
    page: async () => (await send(`${platform.url}/t/${slug}/sign-in`, { headers: { 'accept-language': 'en' } })).text,
  };
}

describe('a draft', () => {
  it('is begun from what is published, and nobody sees it until it is published', async () => {
    const tenant = await newTenant({ texts: { en: { footer_text: 'Before' } } });
    expect(await tenant.read()).toMatchObject({ state: 'published', changed_by: null, is_outdated: false });
    const texts = { en: { 'signIn.title': 'Come in' } };
    const drafted = await tenant.draft({ branding: { primary_color: READABLE }, texts });
    expect(drafted.json()).toMatchObject({
      state: 'draft',
      branding: { primary_color: READABLE, texts: { en: { footer_text: 'Before' } } },
      texts,
      contrast: { passes: true, faults: [], nearest: {} },
      changed_by: 'client:operator@system',
    });
    expect(await tenant.page()).toContain('Before');
    expect(await tenant.page()).not.toContain('Come in');

    const published = await tenant.publish({ note: 'Spring' });
    expect(published.status).toBe(201);
    expect(published.headers['location']).toBe(`/api/v1${tenant.at}/versions/2`);
    expect(published.json()).toMatchObject({ number: 2, source: 'draft', note: 'Spring', texts });
    expect(await tenant.page()).toContain('Come in');
    expect(await tenant.page()).toContain(READABLE);
    expect(await tenant.read()).toMatchObject({ state: 'published', branding: { primary_color: READABLE } });
    expectProblem(await tenant.publish(), 409, 'conflict');
  });

  it('holds the sender of mails and their texts, which are published and brought back together', async () => {
    const tenant = await newTenant({ mail_from_name: 'First' });
    const texts = { en: { 'mail.footer': 'Sent by us alone.' } };
    const sender = { mail_from_name: 'Second', mail_reply_to: 'help@acme.example' };
    await tenant.draft({ branding: sender, texts });
    const url = (await platform.operator.create<{ url: string }>(`${tenant.at}/previews`, {})).url;
    expect((await send(url)).text).toMatch(/Second[\s\S]*help@acme\.example/);
    expect((await send(`${url}&mail=test&locale=en`)).text).toContain('Sent by us alone.');
    expect((await tenant.publish()).json()).toMatchObject({ branding: sender, texts });
    await platform.operator.create(`${tenant.at}/versions/1/revert`, {});
    const { branding, texts: back } = await tenant.read();
    expect([branding, back]).toEqual([{ mail_from_name: 'First' }, {}]);
  });

  it.each([
    [{ mail_from: 'ceo@bank.example' }, '/branding/mail_from'],
    [{ mail_from: 'no address' }, '/branding/mail_from'],
    [{ mail_reply_to: 'a@b.example\r\nBcc: c@d.example' }, '/branding/mail_reply_to'],
    [{ mail_from_name: 'Acme\r\nBcc: c@d.example' }, '/branding/mail_from_name'],
    [{ mail_from_name: 'a\u202eb' }, '/branding/mail_from_name'],
    [{ mail_from_name: 7 }, '/branding/mail_from_name'],
  ])('takes no sender %j', async (branding, where) => {
    const tenant = await newTenant();
    expectInvalid(await tenant.draft({ branding }), where);
    const direct = await platform.operator.request('PATCH', `/tenants/${tenant.slug}`, { branding }, ANY);
    expectInvalid(direct, where);
  });

  it('is changed in the version that was read, and not by two at once', async () => {
    const tenant = await newTenant();
    expectProblem(await tenant.draft({ branding: {} }, {}), 428, 'version-required');
    const { headers } = await platform.operator.request('GET', tenant.at);
    const version = { 'if-match': String(headers['etag']) };
    const colors = ['#111111', '#222222', '#333333', '#444444'];
    const answers = await Promise.all(
      colors.map((color) => tenant.draft({ branding: { primary_color: color } }, version)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expectProblem(await tenant.publish({}, version), 412, 'version-mismatch');
    const all = await Promise.all(colors.map(() => tenant.publish()));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await tenant.versions()).toHaveLength(2);
  });

  it('is discarded, and begun anew its version is another one', async () => {
    const tenant = await newTenant();
    expectProblem(await platform.operator.request('DELETE', tenant.at), 404, 'not-found');
    const { headers } = await tenant.draft({ branding: { primary_color: READABLE } });
    expect((await platform.operator.request('DELETE', tenant.at)).status).toBe(204);
    expect(await tenant.read()).toMatchObject({ state: 'published', branding: {} });
    const again = await tenant.draft({ branding: { primary_color: READABLE } });
    expect(again.headers['etag']).not.toBe(headers['etag']);
  });

  it('does not undo what was published since, unless that is said', async () => {
    const tenant = await newTenant();
    await tenant.draft({ branding: { primary_color: READABLE } });
    await platform.operator.patch(`/tenants/${tenant.slug}`, { branding: { support_uri: 'https://help.example/' } });
    expect(await tenant.read()).toMatchObject({ state: 'draft', is_outdated: true });
    expectProblem(await tenant.publish(), 409, 'conflict');
    expect((await tenant.publish({ overwrite: true })).json()).toMatchObject({
      branding: { primary_color: READABLE },
      number: 3,
    });
    expect((await tenant.versions()).map(({ source }) => source)).toEqual(['draft', 'direct', 'before']);
  });

  it.each<[string, object, ...string[]]>([
    ['a colour that is none', { branding: { primary_color: 'red;}</style>' } }, '/branding/primary_color'],
    ['an unknown member', { branding: { css: 'body{}' } }, '/branding/css'],
    ['a script for a link', { branding: { support_uri: 'javascript:alert(1)' } }, '/branding/support_uri'],
    ['texts of no language', { texts: { xx: {} } }, '/texts/xx'],
    ['texts that are a list', { texts: { en: [] } }, '/texts/en'],
    ['a text of an unknown key', { texts: { en: { nothing: 'x' } } }, '/texts/en/nothing'],
    ['a text with a direction mark', { texts: { en: { 'signIn.title': 'a\u202eb' } } }, '/texts/en/signIn.title'],
    ['a text with another placeholder', { texts: { en: { 'signIn.title': '{secret}' } } }, '/texts/en/signIn.title'],
    ['a member of nothing', { html: '<b>' }, '/html'],
  ])('refuses %s', async (_, body, ...where) => {
    const tenant = await newTenant();
    expectInvalid(await tenant.draft(body), ...where);
    expect(await tenant.read()).toMatchObject({ state: 'published' });
  });
});

describe('WCAG 2.2 §1.4.3 at publication', () => {
  it('says where each colour cannot be read, and what is shown instead', async () => {
    const tenant = await newTenant();
    const draft = (
      await tenant.draft({ branding: { primary_color: PALE, primary_color_dark: '#202830' } })
    ).json<Draft>();
    const { passes, faults, nearest } = draft.contrast;
    expect(passes).toBe(false);
    const places = (scheme: string) => faults.filter((one) => one.scheme === scheme).map(({ where }) => where);
    expect(places('light')).toEqual(expect.arrayContaining(['link', 'link_on_page', 'button_edge', 'mail_link']));
    expect(places('dark')).toEqual(expect.arrayContaining(['link', 'focus']));
    for (const { needed, chosen, shown } of faults) {
      expect(chosen.ratio).toBeLessThan(needed);
      expect(shown.ratio).toBeGreaterThanOrEqual(needed);
    }
    const link = faults.find(({ where, scheme }) => where === 'link' && scheme === 'light');
    expect(link?.chosen).toMatchObject({ foreground: PALE, background: '#ffffff' });

    const refused = expectProblem(await tenant.publish(), 409, 'conflict');
    expect(refused.errors?.[0]?.pointer).toBe('/branding/primary_color');
    expect(refused).toMatchObject({ contrast: { faults } });
    expect(await tenant.versions()).toEqual([]);

    expect((await tenant.draft({ branding: nearest })).json()).toMatchObject({ contrast: { passes: true } });
    expect((await tenant.publish()).status).toBe(201);
  });

  it('publishes what is corrected, and shows the correction on the page', async () => {
    const tenant = await newTenant();
    const { contrast } = (await tenant.draft({ branding: { primary_color: PALE } })).json<Draft>();
    expect((await tenant.publish({ correct_contrast: true })).json()).toMatchObject({
      branding: { primary_color: PALE },
      contrast: { passes: false },
    });
    const link = contrast.faults.find(({ where }) => where === 'link')?.shown.foreground ?? 'nothing';
    expect(await tenant.page()).toContain(`--link:${link}`);
  });

  it('leaves older callers alone', async () => {
    const tenant = await newTenant();
    await platform.operator.patch(`/tenants/${tenant.slug}`, { branding: { primary_color: PALE } });
    expect(await tenant.page()).toContain('--link:');
  });
});

describe('the history', () => {
  it('brings back any version as a new one, the platform’s look as well', async () => {
    const tenant = await newTenant();
    await tenant.draft({ branding: { texts: { en: { footer_text: 'One' } } } });
    await tenant.publish();
    await platform.operator.patch(`/tenants/${tenant.slug}/texts/en`, { texts: { 'signIn.title': 'Two' } });
    await tenant.draft({ branding: { primary_color: READABLE } });

    const reverted = await platform.operator.request('POST', `${tenant.at}/versions/1/revert`, {});
    expect([reverted.status, reverted.json()]).toMatchObject([
      201,
      { number: 4, source: 'revert', restored_from: 1, branding: {}, texts: {} },
    ]);
    const page = await tenant.page();
    expect(page).not.toContain('One');
    expect(page).not.toContain('Two');
    expect(await tenant.read()).toMatchObject({ state: 'draft', is_outdated: true });
    const two = await platform.operator.get<Version>(`${tenant.at}/versions/3`);
    expect(two).toMatchObject({ source: 'direct', texts: { en: { 'signIn.title': 'Two' } } });
    for (const number of ['0', '99', '-1', '1e3', 'x', '9'.repeat(30)]) {
      expectProblem(await platform.operator.request('GET', `${tenant.at}/versions/${number}`), 404, 'not-found');
    }
  });

  it('keeps twenty, newest first, in pages', async () => {
    const tenant = await newTenant();
    for (let index = 0; index < 22; index += 1) {
      await platform.operator.patch(`/tenants/${tenant.slug}`, {
        branding: { texts: { en: { footer_text: `${index}` } } },
      });
    }
    const numbers = (await tenant.versions()).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => 23 - index));
    const first = await platform.operator.get<{ page: { next: string } }>(`${tenant.at}/versions?limit=15`);
    const rest = await platform.operator.get<{ data: Version[] }>(`${tenant.at}/versions?after=${first.page.next}`);
    expect(rest.data.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4]);
  });

  it('has what changed in the audit log, without the logo', async () => {
    const tenant = await newTenant();
    await tenant.draft({ branding: { primary_color: READABLE } });
    await tenant.publish();
    const { data } = await platform.operator.get<{ data: object[] }>(
      `/tenants/${tenant.slug}/audit-events?type=branding.published`,
    );
    expect(data).toEqual([
      expect.objectContaining({
        details: expect.objectContaining({ number: 2, after: { branding: { primary_color: READABLE } } }),
      }),
    ]);
  });
});

describe('who may', () => {
  let globex: Awaited<ReturnType<typeof newTenant>>;
  beforeAll(async () => void (globex = await newTenant()));

  it('is who has branding:write, at the own tenant alone', async () => {
    const tenant = await newTenant();
    const brand = await adminOf(platform, tenant.slug, 'tenants:read branding:write');
    const reader = await adminOf(platform, tenant.slug, 'tenants:read');
    const body = { branding: { primary_color: READABLE } };
    expect((await brand.request('PATCH', tenant.at, body, ANY)).status).toBe(200);
    expectProblem(await reader.request('PATCH', tenant.at, body, ANY), 403, 'permission-denied');
    expectProblem(await reader.request('POST', `${tenant.at}/publish`, {}), 403, 'permission-denied');
    expect((await reader.request('GET', tenant.at)).status).toBe(200);
    expect((await brand.request('POST', `${tenant.at}/publish`, {})).status).toBe(201);
    expectProblem(await reader.request('POST', `${tenant.at}/versions/1/revert`, {}), 403, 'permission-denied');
    for (const [method, path] of [
      ['GET', globex.at],
      ['PATCH', globex.at],
      ['POST', `${globex.at}/publish`],
      ['GET', `${globex.at}/versions`],
      ['POST', `${globex.at}/versions/1/revert`],
    ] as const) {
      expectProblem(await brand.request(method, path, method === 'GET' ? undefined : {}, ANY), 404, 'not-found');
    }
  });
});
