import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventsOf } from '../support/audit.js';
import { type Page, TestBrowser, linkOn, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { basic, encodeForm, postForm } from '../support/http.js';
import { mailsTo } from '../support/mails.js';
import { countStatuses, race, racingSubmit, times } from '../support/race.js';
import { type Shown, decide } from './developer-fixture.js';

const PASSWORD = 'seven ravens over the harbour';
const POLICY = {
  developer_registration: 'with_approval',
  developer_redirect_hosts: ['*.acme.test'],
  developer_scopes: ['openid', 'profile', 'email', 'offline_access', 'https://api.acme.test orders:read'],
  developer_grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  developer_max_clients: 1000,
};
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', POLICY);
const globex = givenTenant(platform, 'globex', POLICY);

/** A person who is signed in. */
class Person {
  readonly browser = new TestBrowser();
  private constructor(
    readonly issuer: string,
    readonly userId: string,
    readonly username: string,
    readonly email: string,
  ) {}

  static async create(slug: 'acme' | 'globex', locale?: string): Promise<Person> {
    const { issuer } = slug === 'acme' ? acme : globex;
    const username = `dev-${randomUUID()}`;
    const email = `${username}@mail.test`;
    const user = { username, password: PASSWORD, email, email_verified: true, ...(locale && { locale }) };
    const { id } = await platform.operator.create<{ id: string }>(`/tenants/${slug}/users`, user);
    const person = new Person(issuer, id, username, email);
    await person.browser.signIn(await person.browser.open(`${issuer}/sign-in`), username, PASSWORD);
    return person;
  }

  open(path: string): Promise<Page> {
    return this.browser.open(`${this.issuer}${path}`);
  }

  submit(page: Page, form: string, fields: Record<string, string> = {}): Promise<Page> {
    return this.browser.submit(page, form, fields);
  }

  /** @returns the id of the draft */
  async draft(fields: Record<string, string> = {}): Promise<string> {
    const page = await this.submit(await this.open('/account/clients/new'), 'client-form', { ...NEW, ...fields });
    const [, id = ''] = /clients\/([0-9a-f-]{36})\?client_saved$/.exec(page.url) ?? [];
    if (id === '') throw new Error(`${page.status} ${page.text}`);
    return id;
  }

  async approved(fields: Record<string, string> = {}): Promise<string> {
    const id = await this.draft(fields);
    await this.submit(await this.open(at(id)), 'submit-client');
    const { status, text } = await decide(platform, 'acme', id, 'approval');
    if (status !== 200) throw new Error(text);
    return id;
  }
}

const NEW = {
  type: 'web',
  client_name: 'Harbour Shop',
  redirect_uris: 'https://shop.acme.test/cb',
  'scope:openid': 'on',
  'scope:email': 'on',
};
const at = (id: string, page = '') => `/account/clients/${id}${page}`;
const shown = (id: string) => platform.operator.get<Shown>(`/tenants/acme/client-registrations/${id}`);

let ada: Person;
let bob: Person;
let eve: Person;
beforeAll(async () => {
  [ada, bob, eve] = [await Person.create('acme'), await Person.create('acme', 'de'), await Person.create('globex')];
});
beforeEach(() => platform.database.query('DELETE FROM sign_in_attempts'));

describe('a client on the pages', () => {
  it('goes from draft to review to approval, and its owner is told by mail', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const id = await ada.draft();
      const page = await ada.open(at(id));
      expect(page.text).toContain('Draft');
      const pending = await ada.submit(page, 'submit-client');
      expect([pending.url.endsWith('?client_submitted'), pending.text.includes('In review')]).toEqual([true, true]);
      // Sent twice.
      expect((await ada.submit(page, 'submit-client')).url).toContain('client_submitted');
      expect((await ada.submit(pending, 'withdraw-client')).text).toContain('Draft');
      await ada.submit(await ada.open(at(id)), 'submit-client');
      expect((await decide(platform, 'acme', id, 'approval')).status).toBe(200);
      expect((await ada.open(at(id))).text).toContain('It can be used.');
      const { client } = await shown(id);
      expect(client).toMatchObject({ client_name: 'Harbour Shop', scope: 'openid email', application_type: 'web' });
      const [mail] = await mailsTo(platform, acme, ada.email);
      expect(mail).toMatchObject({ template: 'client_approved', link: `${acme.issuer}${at(id)}` });
    });
    expect(events.map(({ type }) => type)).toEqual([
      ...['client_registration.created', 'client_registration.submitted', 'client_registration.withdrawn'],
      ...['client_registration.submitted', 'client_registration.approved'],
    ]);
  });

  it.each([
    ['browser', { application_type: 'browser', token_endpoint_auth_method: 'none' }],
    ['native', { application_type: 'native', token_endpoint_auth_method: 'none' }],
    ['machine', { application_type: 'web', grant_types: ['client_credentials'], redirect_uris: [] }],
  ])('begins with what is safe for its kind: %s', async (type, expected) => {
    const id = await ada.draft({ type, ...(type === 'machine' && { redirect_uris: '' }) });
    expect((await shown(id)).proposal).toMatchObject(expected);
  });

  it('shows what a change does, and what the reviewer said, in the language of the person', async () => {
    const id = await bob.approved();
    const edit = await bob.open(at(id, '/edit'));
    const fields = { ...NEW, client_name: 'Harbour Shop', redirect_uris: 'https://new.acme.test/cb' };
    const page = await bob.submit(edit, 'client-form', fields);
    expect(page.url).toContain('client_submitted');
    expect(page.text).toMatch(/data-member="redirect_uris".*<del>.*shop\.acme\.test.*<ins>.*new\.acme\.test/s);
    const reason = 'Not this host.\n<b>Use</b> the other one.';
    expect((await decide(platform, 'acme', id, 'rejection', { reason })).status).toBe(200);
    const rejected = await bob.open(at(id));
    expect(rejected.text).toContain('Not this host.\n&lt;b>Use&lt;/b> the other one.');
    expect(rejected.text).toContain('lang="de"');
    const mail = (await mailsTo(platform, acme, bob.email)).at(-1);
    expect(mail).toMatchObject({ template: 'client_change_rejected', locale: 'de', values: { reason } });
    const undone = await bob.submit(rejected, 'withdraw-client');
    expect(undone.url).toContain('client_withdrawn');
    expect(await shown(id)).toMatchObject({ state: 'approved', proposal: null });
    // Whoever is suspended is told, and when it is over.
    const path = `/tenants/acme/client-registrations/${id}/suspension`;
    expect((await platform.operator.request('PUT', path, { reason: 'Leaked.' })).status).toBe(200);
    expect((await bob.open(at(id))).text).toContain('Gesperrt');
    expect((await platform.operator.request('DELETE', path)).status).toBe(200);
    const kinds = (await mailsTo(platform, acme, bob.email)).map(({ template }) => template);
    expect(kinds.slice(-2)).toEqual(['client_suspended', 'client_resumed']);
  });

  it('is not changed by a form that is older than the last change', async () => {
    const id = await ada.draft();
    const old = await ada.open(at(id, '/edit'));
    await ada.submit(await ada.open(at(id, '/edit')), 'client-form', { ...NEW, client_name: 'First' });
    const page = await ada.submit(old, 'client-form', { ...NEW, client_name: 'Second' });
    expect([page.status, page.text.includes('value="First"')]).toEqual([409, true]);
    expect((await shown(id)).proposal).toMatchObject({ client_name: 'First' });
  });

  it('says which member is not allowed, and keeps what was entered', async () => {
    const fresh = () => ada.open('/account/clients/new');
    for (const redirect of ['https://evil.test/cb', 'nonsense', 'https://shop.acme.test/*', 'javascript:alert(1)']) {
      const page = await ada.submit(await fresh(), 'client-form', { ...NEW, redirect_uris: redirect });
      expect([redirect, page.status, page.text.includes('<code dir="ltr">redirect_uris[0]</code>')]).toEqual([
        redirect,
        400,
        true,
      ]);
      expect(page.text).toContain('value="Harbour Shop"');
    }
    const wrong: readonly Record<string, string>[] = [
      { client_name: '' },
      { client_name: 'x'.repeat(10_240) },
      { client_name: '\u202eevil' },
      { client_uri: 'javascript:alert(1)' },
      { contacts: 'nobody' },
      { redirect_uris: times(101, (index) => `https://shop.acme.test/${index}`).join('\r\n') },
    ];
    for (const fields of wrong) {
      const page = await ada.submit(await fresh(), 'client-form', { ...NEW, ...fields });
      expect([Object.keys(fields), page.status, page.text.includes('aria-invalid')]).toEqual([
        Object.keys(fields),
        400,
        true,
      ]);
    }
    const markup = '"><script>alert(1)</script>';
    const id = await ada.draft({ client_name: markup });
    for (const path of ['', '/edit', '/owners', '/snippets', '/redirects', '/delete']) {
      const page = await ada.open(at(id, path));
      expect([path, page.status, page.text.includes('<script>alert')]).toEqual([path, 200, false]);
    }
  });

  it('is deleted after a question, once', async () => {
    const id = await ada.approved();
    const ask = await ada.open(at(id, '/delete'));
    const answers = [await ada.submit(ask, 'delete-client-form'), await ada.submit(ask, 'delete-client-form')];
    expect(answers[0]?.url).toContain('/account/clients?client_deleted');
    expect(answers[1]?.status).toBe(404);
    expect((await ada.open(at(id))).status).toBe(404);
  });
});

describe('secrets', () => {
  it('are shown once, two work at the same time, and the older one is ended', async () => {
    const id = await ada.approved();
    const made = await ada.submit(await ada.open(at(id, '/secrets')), 'add-secret');
    const [, secret = ''] = /id="client-secret"[^>]*>([^<]+)</.exec(made.text) ?? [];
    expect(made.headers['cache-control']).toBe('no-store');
    expect(made.text).not.toContain('class="languages"');
    const works = async (given: string) => {
      const { client_id: clientId } = await shown(id);
      const form = { grant_type: 'authorization_code', code: 'x' };
      const answer = await postForm(`${acme.issuer}/token`, form, { authorization: basic(clientId, given) });
      return answer.json<{ error: string }>().error === 'invalid_grant';
    };
    expect(await works(secret)).toBe(true);
    const page = await ada.open(at(id, '/secrets'));
    expect(page.text).not.toContain(secret);
    const second = await ada.submit(page, 'add-secret');
    const [, other = ''] = /id="client-secret"[^>]*>([^<]+)</.exec(second.text) ?? [];
    expect([await works(secret), await works(other)]).toEqual([true, true]);
    // There is no third one, also from a page that still has the button.
    const third = await ada.submit(page, 'add-secret');
    expect([third.status, third.text.includes('client-secret')]).toEqual([409, false]);
    // The first one on the page is the older one.
    const ended = await ada.submit(await ada.open(at(id, '/secrets')), '/end-secret');
    expect([ended.url.endsWith('?secret_ended'), await works(secret), await works(other)]).toEqual([true, false, true]);
    const last = await ada.submit(await ada.open(at(id, '/secrets')), '/end-secret');
    expect([last.status, await works(other)]).toEqual([409, true]);
  });

  it('are two at most, however often the form is sent at once', async () => {
    const id = await ada.approved();
    const page = await ada.open(at(id, '/secrets'));
    const { port } = new URL(platform.url);
    const answers = await race(
      [Number(port)],
      times(8, () => racingSubmit(ada.browser, page, 'add-secret')),
    );
    expect(countStatuses(answers)).toEqual({ 200: 2, 409: 6 });
    expect((await shown(id)).client_secrets).toHaveLength(2);
  });

  it.each(['/secrets', '/owners', '/delete'])('%s asks whoever signed in long ago to do it again', async (page) => {
    const late = await Person.create('acme');
    const id = await late.approved();
    const open = await late.open(at(id, page));
    await platform.database.query(
      `UPDATE sessions SET auth_time = auth_time - interval '1 hour', factors = '[]' WHERE user_id = $1`,
      [late.userId],
    );
    const asked = await late.open(at(id, page));
    expect(asked.text).toContain('id="login-form"');
    const form = { '/secrets': 'add-secret', '/owners': 'ask-form', '/delete': 'delete-client-form' }[page] ?? '';
    const refused = await late.submit(open, form, { user: 'bob' });
    expect(refused.text).toContain('id="login-form"');
    expect((await shown(id)).client_secrets).toHaveLength(0);
    const back = await late.browser.signIn(asked, late.username, PASSWORD);
    expect([back.status, back.url]).toEqual([200, `${acme.issuer}${at(id, page)}`]);
  });
});

describe('owners', () => {
  const ask = async (id: string, user: string, transfer = false, by = ada) =>
    by.submit(await by.open(at(id, '/owners')), 'ask-form', { user, ...(transfer && { transfer: 'on' }) });

  it('are asked, accept once, and hand a client over', async () => {
    const [id, carol] = [await ada.draft(), await Person.create('acme')];
    expect((await ask(id, carol.username)).url).toContain('owner_asked');
    expect((await ask(id, `nobody-${randomUUID()}`)).url).toContain('owner_asked');
    expect((await carol.open(at(id))).status).toBe(404);
    const asked = await carol.open('/account/clients');
    expect(asked.text).toContain(ada.username);
    const { port } = new URL(platform.url);
    const answers = await race(
      [Number(port)],
      times(5, () => racingSubmit(carol.browser, asked, '/account/accept-client')),
    );
    expect(countStatuses(answers)).toEqual({ 303: 1, 409: 4 });
    expect((await carol.open(at(id))).status).toBe(200);
    // The new owner gives it away, and has it no longer.
    await ask(id, bob.username, true, carol);
    await bob.submit(await bob.open('/account/clients'), '/account/accept-client');
    expect([(await carol.open(at(id))).status, (await bob.open(at(id))).status]).toEqual([404, 200]);
  });

  it('withdraw what they asked, decline, leave, and are never nobody', async () => {
    const [id, carol] = [await ada.draft(), await Person.create('acme')];
    await ask(id, carol.username);
    const withdrawn = await ada.submit(await ada.open(at(id, '/owners')), '/ask-no-longer');
    expect([withdrawn.url.endsWith('?owner_not_asked'), withdrawn.text.includes(carol.username)]).toEqual([
      true,
      false,
    ]);
    await ask(id, carol.email);
    const declined = await carol.submit(await carol.open('/account/clients'), '/account/decline-client');
    expect([declined.url.endsWith('?client_declined'), declined.text.includes(ada.username)]).toEqual([true, false]);
    await ask(id, carol.username);
    const page = await carol.submit(await carol.open('/account/clients'), '/account/accept-client');
    const ownersPage = await carol.open(linkOn(page, 'owners').slice(acme.issuer.length));
    const left = await carol.submit(ownersPage, '/remove-owner', { owner: carol.userId });
    expect([left.url.endsWith('/account/clients?owner_removed'), (await carol.open(at(id))).status]).toEqual([
      true,
      404,
    ]);
    const owners = await ada.open(at(id, '/owners'));
    expect(owners.text.includes('/remove-owner"')).toBe(false);
    const { csrf } = readForm(owners, 'ask-form').fields;
    const body = encodeForm({ csrf, owner: ada.userId });
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    const path = `${acme.issuer}${at(id, '/remove-owner')}`;
    expect((await ada.browser.request('POST', path, body, headers)).status).toBe(409);
    for (const user of ['', ' ', 'x'.repeat(10_240), '\u202eevil']) {
      expect((await ask(id, user)).status).toBe(400);
    }
    expect((await ask(id, ada.username)).status).toBe(409);
  });
});

describe('a rule that is broken', () => {
  it('is said in the language of the person', async () => {
    const before = await bob.open('/account/clients/new');
    const page = await bob.submit(before, 'client-form', { ...NEW, redirect_uris: 'https://elsewhere.test/cb' });
    expect([page.status, page.text.includes('lang="de"')]).toEqual([400, true]);
    expect(page.text).toContain('Host, der hier nicht erlaubt ist. Erlaubt: *.acme.test');
    expect(page.text).not.toContain('leads to');
  });
});

describe('what helps to connect', () => {
  it('says which character of a redirect URI differs', async () => {
    const id = await ada.draft();
    const test = (given: string) => ada.open(`${at(id, '/redirects')}?redirect_uri=${encodeURIComponent(given)}`);
    expect((await test('https://shop.acme.test/cb')).text).toContain('It is accepted');
    const page = await test('https://shop.acme.test/cb/');
    expect(page.text).toContain('<mark>/</mark>');
    expect(page.text).toContain('at character 26, in the path');
    for (const hostile of ['https://shоp.acme.test/cb', '<script>', '\u202ex', 'x'.repeat(4000), '%00', ' ']) {
      const answer = await test(hostile);
      expect([hostile, answer.status, answer.text.includes('<script>')]).toEqual([hostile, 200, false]);
    }
    const german = await ada.browser.open(`${acme.issuer}/language/de${at(id, '/redirects')}?redirect_uri=x`, {
      'sec-fetch-site': 'same-origin',
    });
    expect([german.url, german.text.includes('lang="de"')]).toEqual([
      `${acme.issuer}${at(id, '/redirects')}?redirect_uri=x`,
      true,
    ]);
    expect(german.text).toContain('keine vollständige Adresse');
    expect(german.text).not.toContain('absolute address');
    await ada.browser.open(`${acme.issuer}/language/en/account`, { 'sec-fetch-site': 'same-origin' });
  });

  it('has code for the chosen library', async () => {
    const id = await ada.draft();
    const page = await ada.open(`${at(id, '/snippets')}?library=authlib`);
    expect(page.text).toContain('from authlib.integrations.flask_client import OAuth');
    for (const library of ['', 'nothing', '<b>', 'library[]=a']) {
      expect((await ada.open(`${at(id, '/snippets')}?library=${encodeURIComponent(library)}`)).status).toBe(200);
    }
  });
});

describe('others', () => {
  const PAGES = ['', '/edit', '/secrets', '/owners', '/redirects', '/snippets', '/delete'];
  const FORMS = ['/edit', '/submit', '/withdraw', '/secrets', '/end-secret', '/owners', '/remove-owner', '/delete'];

  it('find nothing of a client: of the same tenant, and of another one', async () => {
    const id = await ada.approved();
    const before = await shown(id);
    for (const other of [bob, eve]) {
      const { csrf } = readForm(await other.open('/account/clients/new'), 'client-form').fields;
      for (const page of PAGES) expect([page, (await other.open(at(id, page))).status]).toEqual([page, 404]);
      for (const path of FORMS) {
        const body = encodeForm({ csrf, ...NEW, client_name: 'Taken', user: 'x', owner: ada.userId });
        const answer = await other.browser.request('POST', `${other.issuer}${at(id, path)}`, body, {
          accept: 'text/html',
          'sec-fetch-site': 'same-origin',
        });
        expect([path, answer.status]).toEqual([path, 404]);
      }
    }
    expect(await shown(id)).toEqual(before);
  });

  it('cannot forge a form: every one needs its token', async () => {
    const id = await ada.approved();
    const before = await shown(id);
    const { csrf: foreign } = readForm(await bob.open('/account/clients/new'), 'client-form').fields;
    const { csrf: ofOther } = readForm(await ada.open('/account/profile'), 'profile-form').fields;
    for (const path of [...FORMS, '/ask-no-longer'].map((one) => at(id, one)).concat('/account/accept-client')) {
      for (const csrf of [undefined, '', foreign, ofOther]) {
        const answer = await ada.browser.request('POST', `${acme.issuer}${path}`, encodeForm({ ...NEW, csrf }), {
          accept: 'text/html',
          'sec-fetch-site': 'same-origin',
        });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
    expect(await shown(id)).toEqual(before);
  });

  it('see no such page where the policy lets them register nothing', async () => {
    const mallory = await Person.create('globex');
    expect((await mallory.open('/account')).text).toContain('/account/clients"');
    await platform.operator.create('/tenants/globex/groups', { name: 'builders', display_name: 'Builders' });
    for (const policy of [{ developer_groups: ['builders'] }, { developer_registration: 'off' }]) {
      await platform.operator.patch('/tenants/globex', { policy });
      expect((await mallory.open('/account')).text).not.toContain('/account/clients');
      for (const path of ['', '/new', `/${randomUUID()}`]) {
        expect((await mallory.open(`/account/clients${path}`)).status).toBe(404);
      }
    }
    await platform.operator.patch('/tenants/globex', {
      policy: { developer_registration: 'with_approval', developer_groups: [] },
    });
  });

  it('are led to the page from the addresses of its forms', async () => {
    const id = await ada.draft();
    for (const path of ['/submit', '/withdraw', '/end-secret', '/ask-no-longer', '/remove-owner']) {
      expect((await ada.open(at(id, path))).url).toBe(`${acme.issuer}${at(id)}`);
    }
    for (const name of ['accept-client', 'decline-client']) {
      expect((await ada.open(`/account/${name}`)).url).toBe(`${acme.issuer}/account/clients`);
    }
    for (const odd of ['x', '..%2f..%2fsign-in', '%0d%0a', 'x'.repeat(3000)]) {
      expect((await ada.open(at(odd, '/submit'))).status).toBe(404);
    }
  });
});
