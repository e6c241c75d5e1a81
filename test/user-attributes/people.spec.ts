import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountToken } from '../support/account-tokens.js';
import { eventsOf } from '../support/audit.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { send } from '../support/http.js';
import { lastMailTo } from '../support/mails.js';
import { race, racingSubmit, times } from '../support/race.js';
import { authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';
import { PASSWORD, messageOf, newAddress, signUp } from '../registration/sign-up.fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { sign_up: 'open', sign_up_attributes: {} });
const globex = givenTenant(platform, 'globex', { sign_up: 'open', sign_up_attributes: {} });

const PKCE = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
const OF_USER = { readable_by: ['user', 'admin'], editable_by: ['user', 'admin'] };

let username: string;
let id: string;

beforeAll(async () => {
  const define = (name: string, type: string, more: object) =>
    platform.operator.create('/tenants/acme/user-attributes', { name, type, ...more });
  await define('internal', 'string', {});
  await define('customer', 'string', { readable_by: ['user', 'admin'], labels: { en: 'Customer <b>number</b>' } });
  await define('team', 'string', {
    ...OF_USER,
    labels: { en: 'Team', de: 'Mannschaft' },
    allowed_values: [{ value: 'blue', labels: { en: 'Blue team' } }, { value: 'red' }],
  });
  await define('size', 'number', OF_USER);
  await define('vegan', 'boolean', OF_USER);
  await define('sites', 'string_list', { ...OF_USER, max_items: 3 });
  await define('days', 'string_list', { ...OF_USER, allowed_values: [{ value: 'mon' }, { value: 'tue' }] });
  await changesHeard(platform);
});

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  username = newAddress();
  const attributes = { internal: 'hush', customer: '<i>40-1872' };
  const user = { username, password: PASSWORD, attributes };
  ({ id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user));
});

const valuesOf = async (user = id) =>
  (await platform.operator.get<{ attributes: object }>(`/tenants/acme/users/${user}`)).attributes;

async function openProfile(): Promise<[TestBrowser, Page]> {
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${acme.issuer}/account`), username, PASSWORD);
  return [browser, await browser.open(`${acme.issuer}/account/profile`)];
}

async function signIn(params: object = {}): Promise<[TestBrowser, Page]> {
  const browser = new TestBrowser();
  const page = await browser.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
  return [browser, await browser.signIn(page, username, PASSWORD)];
}

describe('the account pages', () => {
  it('show what the person may see, and change what they may change', async () => {
    const [browser, page] = await openProfile();
    expect(page.text).toContain('&lt;i>40-1872');
    expect(page.text).not.toMatch(/hush|internal|name="attributes\/customer"/);
    expect(page.text).toContain('Blue team');
    const entered = {
      'attributes/team': 'blue',
      'attributes/size': '42,5',
      'attributes/vegan': 'false',
      'attributes/sites': 'Bern\r\n Zürich \r\n\r\nBern',
      'attributes/days/1': 'tue',
    };
    const events = await eventsOf(platform.operator, 'acme', async () => {
      expect((await browser.submit(page, 'profile-form', entered)).url).toContain('profile_changed');
    });
    const values = { team: 'blue', size: 42.5, vegan: false, sites: ['Bern', 'Zürich'], days: ['tue'] };
    expect(await valuesOf()).toEqual({ internal: 'hush', customer: '<i>40-1872', ...values });
    const changed = Object.keys(values).map((name) => `attributes/${name}`);
    expect(events).toMatchObject([{ type: 'user.profile_changed', details: { changed } }]);
    expect(JSON.stringify(events)).not.toContain('Zürich');
    // A field that is left empty is removed, and what the form does not ask for stays.
    await browser.submit(page, 'profile-form', { attributes: 'size', 'attributes/team': 'red' });
    expect(await valuesOf()).not.toHaveProperty('size');
    expect(await valuesOf()).toHaveProperty('team', 'blue');
  });

  it.each<[Record<string, string>, string]>([
    [{ 'attributes/team': 'green' }, 'choose from what is offered'],
    [{ 'attributes/size': 'large' }, 'not a number'],
    [{ 'attributes/size': '1e9' }, 'not a number'],
    [{ 'attributes/vegan': 'perhaps' }, 'choose from what is offered'],
    [{ 'attributes/sites': 'a\nb\nc\nd' }, 'too many entries'],
    [{ 'attributes/sites': 'a\u202eb' }, 'cannot be used here'],
    [{ 'attributes/sites': 'x'.repeat(201) }, 'too long'],
    [{ 'attributes/days/0': 'sun' }, 'choose from what is offered'],
  ])('refuse %j', async (entered, reason) => {
    const [browser, page] = await openProfile();
    const answer = await browser.submit(page, 'profile-form', entered);
    expect([answer.status, answer.text.includes(reason)]).toEqual([400, true]);
    expect(await valuesOf()).toEqual({ internal: 'hush', customer: '<i>40-1872' });
  });

  it('change nothing else, whatever the form says', async () => {
    const [browser, page] = await openProfile();
    const forged = { attributes: 'internal customer', 'attributes/internal': 'mine', 'attributes/customer': 'mine' };
    await browser.submit(page, 'profile-form', forged);
    expect(await valuesOf()).toEqual({ internal: 'hush', customer: '<i>40-1872' });
  });
});

describe('the account API', () => {
  const call = (token: string, method: string, body?: unknown, issuer = acme.issuer) =>
    send(`${issuer}/account/api/profile`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('shows and changes the same', async () => {
    const token = await accountToken(platform, acme, { username, password: PASSWORD });
    const before = (await call(token, 'GET')).json();
    expect(before['attributes']).toEqual({
      customer: '<i>40-1872',
      team: null,
      size: null,
      vegan: null,
      sites: null,
      days: null,
    });
    expect(before['editable']).toEqual(expect.arrayContaining(['name', 'attributes/team']));
    expect(before['editable']).not.toContain('attributes/customer');
    expect(before['attribute_definitions']).toContainEqual(expect.objectContaining({ name: 'team', required: false }));
    const after = await call(token, 'PATCH', { attributes: { team: 'red', days: ['mon'] } });
    expect(after.json()['attributes']).toMatchObject({ team: 'red', days: ['mon'] });
    for (const [attributes, where] of [
      [{ internal: 'mine' }, '/attributes/internal'],
      [{ customer: 'mine' }, '/attributes/customer'],
      [{ nothing: 1 }, '/attributes/nothing'],
      [{ team: 'green' }, '/attributes/team'],
      [{ size: '7' }, '/attributes/size'],
      [[], '/attributes'],
      ['team', '/attributes'],
    ] as const) {
      const refused = await call(token, 'PATCH', { attributes });
      expect([refused.status, refused.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer]).toEqual([
        400,
        where,
      ]);
    }
    // One that is hidden is not told from one that there is not.
    const detail = async (name: string) => {
      const refused = await call(token, 'PATCH', { attributes: { [name]: 'x' } });
      return refused.text.replaceAll(name, '').replace(/"request_id":"[^"]+"/, '');
    };
    expect(await detail('internal')).toBe(await detail('nothing'));
    expect((await call(token, 'PATCH', { attributes: { team: 'red' } }, globex.issuer)).status).toBe(401);
    const reading = await accountToken(platform, acme, { username, password: PASSWORD, scope: 'openid account:read' });
    expect((await call(reading, 'PATCH', { attributes: { team: 'blue' } })).status).toBe(403);
    expect(await valuesOf()).toMatchObject({ team: 'red', customer: '<i>40-1872', internal: 'hush' });
  });
});

describe('a required attribute', () => {
  const change = async (name: string, body: object) => {
    await platform.operator.patch(`/tenants/acme/user-attributes/${name}`, body);
    await changesHeard(platform);
  };

  it('is asked for at the sign-up, and kept with the account', async () => {
    await change('team', { required_at: ['sign_up'] });
    const email = newAddress();
    const browser = new TestBrowser();
    const empty = await signUp(browser, acme.issuer, { email });
    expect([empty.status, empty.text.includes('This is needed.')]).toEqual([400, true]);
    const wrong = await signUp(browser, acme.issuer, { email, 'attributes/team': 'green' });
    expect(wrong.status).toBe(400);
    // What the sign-up does not ask for is not taken from it.
    const forged = { attributes: 'team internal size', 'attributes/internal': 'mine', 'attributes/size': '3' };
    const sent = await signUp(browser, acme.issuer, { email, 'attributes/team': 'red', ...forged });
    const { code } = await lastMailTo(platform, acme, email);
    await browser.submit(sent, 'code-form', { code });
    const { data } = await platform.operator.get<{ data: { attributes: object }[] }>(
      `/tenants/acme/users?identifier=${email}`,
    );
    expect(data[0]?.attributes).toEqual({ team: 'red' });
    expect((await browser.open(`${globex.issuer}/sign-up`)).text).not.toContain('attributes/');
  });

  it('is not kept when people may not edit it any more by the time the address is proven', async () => {
    await change('team', { required_at: ['sign_up'] });
    const email = newAddress();
    const browser = new TestBrowser();
    const sent = await signUp(browser, acme.issuer, { email, 'attributes/team': 'red' });
    await change('team', { required_at: [], editable_by: ['admin'] });
    await browser.submit(sent, 'code-form', { code: (await lastMailTo(platform, acme, email)).code });
    const { data } = await platform.operator.get<{ data: { attributes: object }[] }>(
      `/tenants/acme/users?identifier=${email}`,
    );
    expect(data[0]?.attributes).toEqual({});
    await change('team', { editable_by: ['user', 'admin'] });
  });

  it('is asked for at the next sign-in, once', async () => {
    await change('team', { required_at: ['sign_in'] });
    const [browser, page] = await signIn();
    expect(page.url).toContain('/complete-profile?request=');
    expect((await browser.submit(page, 'profile-form', { decision: 'save' })).status).toBe(400);
    expect((await browser.submit(page, 'profile-form', { decision: 'save', 'attributes/team': 'green' })).status).toBe(
      400,
    );
    const silent = await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' }));
    expect(responseOf(silent)['error']).toBe('interaction_required');
    const account = await browser.open(`${acme.issuer}/account`);
    expect(account.text).toContain('Complete your profile');
    const forged = { attributes: 'internal team', 'attributes/internal': 'mine', 'attributes/size': '3' };
    const consent = await browser.submit(page, 'profile-form', {
      decision: 'save',
      'attributes/team': 'blue',
      ...forged,
    });
    expect(responseOf(await browser.decide(consent, 'approve'))['code']).toBeDefined();
    expect(await valuesOf()).toEqual({ internal: 'hush', customer: '<i>40-1872', team: 'blue' });
    expect(
      responseOf(await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' })))['code'],
    ).toBeDefined();
    // The person cannot remove it again; an administrator can.
    const profile = await browser.open(`${acme.issuer}/account/profile`);
    const cleared = await browser.submit(profile, 'profile-form', { 'attributes/team': '' });
    expect([cleared.status, cleared.text.includes('This is needed.')]).toEqual([400, true]);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { attributes: { team: null } });
    const [, again] = await signIn();
    expect(again.url).toContain('/complete-profile');
  });

  it('may be refused, and then the application gets no access', async () => {
    await change('team', { required_at: ['sign_in'] });
    const [browser, page] = await signIn();
    expect(responseOf(await browser.submit(page, 'profile-form', { decision: 'leave' }))['error']).toBe(
      'access_denied',
    );
    expect(await valuesOf()).not.toHaveProperty('team');
  });

  it('is given once by fifty forms at once', async () => {
    await change('team', { required_at: ['sign_in'] });
    const [browser, page] = await signIn();
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const answers = await race(
        [platform.config.listen.port],
        times(50, () => racingSubmit(browser, page, 'profile-form', { decision: 'save', 'attributes/team': 'red' })),
      );
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    });
    expect(events.filter(({ type }) => type === 'user.profile_changed')).toHaveLength(1);
    expect(await valuesOf()).toHaveProperty('team', 'red');
  });

  it('is not asked for when people may not edit it', async () => {
    await change('team', { required_at: [], editable_by: ['admin'] });
    const [, page] = await signIn();
    expect(page.url).not.toContain('/complete-profile');
    expect(messageOf(page)).toBeUndefined();
    await change('team', { editable_by: ['user', 'admin'] });
  });
});
