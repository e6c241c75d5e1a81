import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AccountUpkeep } from '../../src/maintenance/account-upkeep.js';
import { eventsOf, listEvents } from '../support/audit.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { mailsTo } from '../support/mails.js';
import { countStatuses, race, racingSubmit, times } from '../support/race.js';
import { confirmApp } from '../support/second-factor.js';
import { authorizeUrl, getTokens, pkce, redeem, responseOf } from '../support/tenant-fixture.js';

const PASSWORD = 'seven ravens over the harbour';

const platform = givenPlatform({ makesUpEvents: true });
const acme = givenTenant(platform, 'acme', { account_deletion: 'on', account_deletion_grace_days: 3 });
const globex = givenTenant(platform, 'globex');
let username: string;
let userId: string;
let here: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  username = `user-${randomUUID()}`;
  const user = { username, password: PASSWORD, email: `${username}@mail.test`, email_verified: true };
  ({ id: userId } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user));
  here = new TestBrowser();
  await signIn(here);
});

const signIn = async (browser: TestBrowser, name = username, issuer = acme.issuer): Promise<Page> =>
  browser.signIn(await browser.open(`${issuer}/sign-in`), name, PASSWORD);
const open = (path: string, browser = here) => browser.open(`${acme.issuer}${path}`);
const userNow = () => platform.operator.get<Record<string, unknown>>(`/tenants/acme/users/${userId}`);
const withPolicy = async (policy: object, work: () => Promise<void>) => {
  await platform.operator.patch('/tenants/acme', { policy });
  await work().finally(() =>
    platform.operator.patch('/tenants/acme', {
      policy: Object.fromEntries(Object.keys(policy).map((name) => [name, null])),
    }),
  );
};
/** The sign-in was too long ago for what is sensitive. */
const makeStale = () =>
  platform.database.query(
    `UPDATE sessions SET auth_time = auth_time - interval '1 hour', factors = '[]' WHERE user_id = $1`,
    [userId],
  );

describe('a parameter that is there several times', () => {
  it.each([
    ...['/account/email', '/account/confirm-email', '/account/activity', '/account/profile', '/change-password'],
    ...['/sign-in', '/sign-up', '/sign-up-code', '/sign-up-link', '/invitation', '/set-password', '/reset-password'],
    ...['/forgot-password', '/forgot-username', '/verify-address', '/verify-address-link', '/accept-terms', '/consent'],
    ...['/keep-account', '/complete-profile'],
    ...['/second-factor', '/second-factor/enrol', '/second-factor/enrol-totp', '/second-factor/enrol-passkey'],
    ...['/second-factor/email-code', '/second-factor/passkey', '/error', '/end-session'],
  ])('is no reason to fail: %s', async (path) => {
    for (const name of ['token', 'id', 'sent', 'request', 'after', 'return', 'ticket', 'client']) {
      for (const query of [`${name}=a&${name}=b`, `${name}[]=a`, `${name}[x]=a`, `${name}=%00`]) {
        const { status } = await new TestBrowser().open(`${acme.issuer}${path}?${query}`);
        const { status: signedInStatus } = await open(`${path}?${query}`);
        expect([query, status < 500, signedInStatus < 500]).toEqual([query, true, true]);
      }
    }
  });
});

it('leads to the console whoever may do something there, and nobody else', async () => {
  expect((await open('/account')).text).not.toContain('/console');
  await platform.operator.patch(`/tenants/acme/users/${userId}`, { tenant_admin: true });
  expect((await open('/account')).text).toContain(`href="${new URL(acme.issuer).pathname}/console"`);
});

describe('every page of the account', () => {
  const PATHS = ['', '/profile', '/security', '/sessions', '/applications', '/activity', '/data', '/email', '/delete'];

  it.each(PATHS)('%s asks a stranger to sign in, and leads there afterwards', async (path) => {
    const stranger = new TestBrowser();
    const page = await open(`/account${path}`, stranger);
    expect(page.text).toContain('id="login-form"');
    const after = await stranger.signIn(page, username, PASSWORD);
    expect([after.status, after.url]).toEqual([200, `${acme.issuer}/account${path}`]);
  });

  it('links to all the others, and to itself in another language', async () => {
    const page = await open('/account/profile');
    for (const path of ['', '/security', '/sessions', '/applications', '/activity', '/data']) {
      expect(page.text).toContain(`href="/t/acme/account${path}"`);
    }
    expect(page.text).toContain('aria-current="page"');
    const german = await here.open(`${acme.issuer}/language/de/account/profile`, { 'sec-fetch-site': 'same-origin' });
    expect([german.url, german.text.includes('Geburtsdatum')]).toEqual([`${acme.issuer}/account/profile`, true]);
  });

  it('has no page of a name that is none, and forgets the language of it', async () => {
    for (const path of ['/account/nothing', '/account/Profile', '/account/profile/']) {
      expect((await open(path)).status).toBe(404);
    }
    expect((await open('/language/de/account/..%2f..%2fevil')).status).toBe(404);
  });
});

describe('the profile', () => {
  it('is changed by its person, and recorded by names without values', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const page = await here.submit(await open('/account/profile'), 'profile-form', {
        name: 'Ada Åström',
        picture: 'https://pictures.test/ada.png',
        birthdate: '1990-12-31',
        locale: 'de',
        zoneinfo: 'Europe/Zurich',
        phone_number: '+41 (0)44 123.45-67'.replace('(0)', ''),
        'address/street_address': 'Main Street 1\r\nBack door',
        'address/locality': 'Bern',
      });
      expect([page.status, page.url]).toEqual([200, `${acme.issuer}/account/profile?profile_changed`]);
      // The pages speak the language from now on.
      expect(page.text).toContain('Ihr Profil wurde gespeichert');
    });
    // Also in another browser, once its person is known.
    const other = new TestBrowser();
    expect((await open('/sign-in', other)).text).toContain('<html lang="en"');
    expect((await signIn(other)).text).toContain('<html lang="de"');
    expect(await userNow()).toMatchObject({
      name: 'Ada Åström',
      picture: 'https://pictures.test/ada.png',
      birthdate: '1990-12-31',
      locale: 'de',
      zoneinfo: 'Europe/Zurich',
      address: { street_address: 'Main Street 1\nBack door', locality: 'Bern' },
      phone_number: '+41441234567',
      phone_number_verified: false,
      email_verified: true,
    });
    const changed = ['name', 'picture', 'birthdate', 'locale', 'zoneinfo', 'address', 'phone_number'];
    expect(events).toMatchObject([
      { type: 'user.profile_changed', user_id: userId, actor: null, details: { changed } },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Ada|Bern|1990/);
  });

  it('keeps what the page does not show, and removes what is emptied', async () => {
    const at = `/tenants/acme/users/${userId}`;
    await platform.operator.patch(at, {
      gender: 'female',
      name: 'Ada',
      nickname: 'A',
      address: { formatted: 'All of it' },
    });
    await here.submit(await open('/account/profile'), 'profile-form', { nickname: '', name: 'Eve' });
    const user = await userNow();
    expect(user).toMatchObject({ name: 'Eve', gender: 'female' });
    expect(user).not.toHaveProperty('nickname');
  });

  it.each<[string, Record<string, string>, string]>([
    ['a picture without https', { picture: 'http://pictures.test/a.png' }, 'picture'],
    ['a picture that is a script', { picture: 'javascript:alert(1)' }, 'picture'],
    ['a day that there is not', { birthdate: '1990-02-30' }, 'birthdate'],
    ['a birthday to come', { birthdate: '2999-01-01' }, 'birthdate'],
    ['a zone that is none', { zoneinfo: 'Mars/Base' }, 'zoneinfo'],
    ['a language that is none', { locale: 'no language' }, 'locale'],
    ['a phone number that is none', { phone_number: '12' }, 'phone_number'],
    ['a name that cannot be seen', { name: 'Ada\u202eevE' }, 'name'],
    ['a name that never ends', { name: 'a'.repeat(300) }, 'name'],
    ['a street that never ends', { 'address/street_address': 'x'.repeat(201) }, 'address-street_address'],
  ])('refuses %s, says where, and changes nothing', async (_, fields, id) => {
    const before = await userNow();
    const page = await here.submit(await open('/account/profile'), 'profile-form', { nickname: 'kept', ...fields });
    expect([page.status, page.text.includes(`id="${id}-hint"`)]).toEqual([400, true]);
    expect(page.text).toMatch(new RegExp(`id="${id}"[^>]*aria-invalid="true"`));
    expect(page.text).toContain('value="kept"');
    expect(await userNow()).toEqual(before);
  });

  it('shows and takes what the tenant’s policy says', () =>
    withPolicy({ profile_fields: { name: 'shown', nickname: 'hidden', gender: 'editable' } }, async () => {
      await platform.operator.patch(`/tenants/acme/users/${userId}`, { name: 'Ada', nickname: 'Countess' });
      const page = await open('/account/profile');
      expect(page.text).toMatch(/<dd><bdi>Ada<\/bdi><\/dd>/);
      expect(page.text).not.toContain('Countess');
      expect(page.text).toContain('name="gender"');
      // Whatever a form sends that was tampered with.
      await here.submit(page, 'profile-form', {
        gender: 'female',
        name: 'Mallory',
        nickname: 'M',
        tenant_admin: 'true',
      });
      expect(await userNow()).toMatchObject({
        gender: 'female',
        name: 'Ada',
        nickname: 'Countess',
        tenant_admin: false,
      });
    }));

  it('has no form where nothing may be changed', async () => {
    const fields = Object.keys((await import('../../src/tenants/profile-fields.js')).DEFAULT_PROFILE_ACCESS);
    await withPolicy({ profile_fields: Object.fromEntries(fields.map((name) => [name, 'shown'])) }, async () => {
      const { text } = await open('/account/profile');
      expect([text.includes('id="profile-form"'), text.includes('id="change-email"')]).toEqual([false, false]);
      expect((await open('/account/email')).status).toBe(404);
    });
  });

  it('of another person stays as it is when somebody else signed in meanwhile', async () => {
    const page = await open('/account/profile');
    const other = `other-${username}`;
    await platform.operator.create('/tenants/acme/users', { username: other, password: PASSWORD });
    await here.submit(page, '/end-session/confirm');
    await signIn(here, other);
    const answer = await here.submit(page, 'profile-form', { name: 'Mallory' });
    expect([answer.status, answer.url]).toEqual([200, `${acme.issuer}/account/profile`]);
    expect(await userNow()).not.toHaveProperty('name');
  });
});

describe('the activity', () => {
  it('lists sign-ins, failures and changes, page by page, and nobody else’s', async () => {
    const stranger = new TestBrowser();
    await stranger.signIn(await open('/sign-in', stranger), username, 'wrong password here');
    await getTokens(acme, {}, new TestBrowser());
    await platform.operator.patch(`/tenants/acme/users/${userId}`, { name: 'Changed by others' });
    for (let index = 0; index < 27; index += 1) {
      await platform.database.query(
        `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome, user_id, details)
         VALUES ($1, gen_random_uuid(), now(), 'user.signed_out', 'success', $2, '{"secret": "concealed"}')`,
        [acme.id, userId],
      );
    }
    let page = await open('/account/activity');
    const texts = [page.text];
    for (let hops = 0; hops < 5; hops += 1) {
      const older = /id="older" href="([^"]*)"/.exec(page.text)?.[1];
      if (older === undefined) break;
      page = await here.open(new URL(older, page.url).href);
      texts.push(page.text);
    }
    expect(texts.length).toBe(2);
    const all = texts.join('');
    for (const text of ['Signed in', 'Failed sign-in', '127.0.0.1']) expect(all).toContain(text);
    expect(all.match(/data-event=/g)).toHaveLength(29);
    expect(all).not.toMatch(/concealed|By an administrator|alice|operator/);
    expect(texts[1]).toContain('Back to the newest');
  });

  it('has what was done to a second factor, and to the address', async () => {
    await confirmApp(here, await open('/second-factor/enrol-totp'));
    await here.submit(await open('/account/second-factor'), '/account/second-factor/recovery-codes');
    await here.submit(await open('/account/second-factor'), '/account/second-factor/remove');
    const { text } = await open('/account/activity');
    const events = [...text.matchAll(/data-event="([^"]+)"/g)].map(([, type]) => type);
    expect(events).toEqual([
      'user.second_factor_removed',
      'user.recovery_codes_made',
      'user.second_factor_added',
      'user.signed_in',
    ]);
  });

  it('shows no address of an administrator who acted, and takes any cursor', async () => {
    await platform.database.query(
      `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome, actor, user_id, address)
       VALUES ($1, gen_random_uuid(), now(), 'consent.withdrawn', 'success', 'user:x@acme', $2, '203.0.113.99')`,
      [acme.id, userId],
    );
    const { text } = await open('/account/activity');
    expect(text).toContain('By an administrator');
    expect(text).not.toContain('203.0.113.99');
    for (const query of ['after=x', 'after=', 'after=1&after=2', `after=${randomUUID()}`]) {
      expect((await open(`/account/activity?${query}`)).status).toBe(200);
    }
  });
});

describe('the download', () => {
  it('has everything that is held about the person, and no secret', async () => {
    const group = await platform.operator.create<{ id: string }>('/tenants/acme/groups', { name: 'readers' });
    await platform.operator.request('PUT', `/tenants/acme/groups/${group.id}/members/${userId}`);
    const page = await open('/account/data');
    const file = await here.submit(page, 'download-submit');
    expect(file.headers['content-disposition']).toBe('attachment; filename="account-acme.json"');
    expect(file.headers['cache-control']).toBe('no-store');
    expect(file.json()).toMatchObject({
      issuer: acme.issuer,
      groups: [{ group: 'readers' }],
      api_roles: [],
      passkeys: [],
      profile: { id: userId, username, second_factors: [], email: `${username}@mail.test`, terms_version: null },
      sessions: [{ address: '127.0.0.1' }],
      applications: [],
      activity: [{ type: 'user.signed_in' }],
    });
    expect(file.text).not.toMatch(/argon2|digest|password_hash/);
    const [newest] = (await listEvents(platform.operator, 'acme', 'user.data_exported')).reverse();
    expect(newest).toMatchObject({ user_id: userId });
  });

  it('is given after a recent sign-in only', async () => {
    const page = await open('/account/data');
    await makeStale();
    const answer = await here.submit(page, 'download-submit');
    expect([answer.headers['content-disposition'], answer.text.includes('id="login-form"')]).toEqual([undefined, true]);
    const back = await here.signIn(answer, username, PASSWORD);
    expect(back.url).toBe(`${acme.issuer}/account/data`);
    expect((await here.submit(back, 'download-submit')).headers['content-disposition']).toBeDefined();
  });

  it('leaves out no table that has rows of a person, without a reason', async () => {
    const rows = await platform.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'user_id' AND table_name !~ '^audit_events_' ORDER BY 1`,
    );
    const covered = [
      'audit_events',
      'consents',
      'grants',
      'passkeys',
      'sessions',
      'user_identifiers',
      'user_group_members',
      'api_role_assignments',
      'client_registration_owners',
    ];
    const reasons: Readonly<Record<string, string>> = {
      mails: 'kept until they are delivered, and sent to the person',
      verifications: 'short-lived proofs; addresses and digests',
      invitations: 'what an administrator sent before there was the account',
      user_totp: 'a secret; the profile says that there is one',
      user_recovery_codes: 'digests of secrets',
      remembered_devices: 'digests of cookies',
      console_sessions: 'digests of cookies and sealed tokens; the session of the sign-in is there',
      management_role_assignments: 'the profile names the roles',
    };
    expect(rows.map(({ name }) => name).filter((name) => !covered.includes(name) && !(name in reasons))).toEqual([]);
  });
});

describe('the deletion of one’s own account', () => {
  const due = () =>
    platform.database.query(`UPDATE users SET deletion_scheduled_for = now() - interval '1 second' WHERE id = $1`, [
      userId,
    ]);
  const schedule = async () => here.submit(await open('/account/delete'), 'delete-form');
  const upkeep = () => platform.application.nest.get(AccountUpkeep).destroyDue();
  const exists = async () => (await platform.operator.request('GET', `/tenants/acme/users/${userId}`)).status === 200;

  it('is mailed to an address that is not verified as well, and names nobody', async () => {
    await platform.operator.patch(`/tenants/acme/users/${userId}`, { email_verified: false, locale: 'de' });
    await schedule();
    const mails = await mailsTo(platform, acme, `${username}@mail.test`);
    const [mail] = mails.filter(({ template }) => template === 'account_deletion_scheduled');
    expect(mail).toMatchObject({ locale: 'de', values: { date: expect.any(Date) } });
    expect(Object.keys(mail?.values ?? {})).toEqual(['date']);
  });

  it('is scheduled, mailed, shown and withdrawn', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const page = await schedule();
      expect(page.url).toBe(`${acme.issuer}/account/data?deletion_scheduled`);
      expect(page.text).toContain('Your account will be deleted on');
    });
    expect(events).toMatchObject([{ type: 'user.deletion_requested', user_id: userId, details: { grace_days: 3 } }]);
    const [mail] = await mailsTo(platform, acme, `${username}@mail.test`);
    expect(mail).toMatchObject({ template: 'account_deletion_scheduled', link: `${acme.issuer}/account/data` });
    const { deletion_scheduled_for: date } = await userNow();
    const days = (new Date(String(date)).getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(3);

    // Whoever signs in during the grace is told, and can keep it.
    const later = new TestBrowser();
    const overview = await signIn(later);
    expect(overview.text).toContain('id="attention"');
    const kept = await later.submit(await open('/account/data', later), 'keep-submit');
    expect(kept.url).toBe(`${acme.issuer}/account/data?deletion_withdrawn`);
    expect(await userNow()).not.toHaveProperty('deletion_scheduled_for');
    await due();
    await platform.database.query('UPDATE users SET deletion_scheduled_for = NULL WHERE id = $1', [userId]);
    await upkeep();
    expect(await exists()).toBe(true);
  });

  it('is asked about before an application gets access, and is kept or not', async () => {
    const { challenge, verifier } = pkce();
    const request = { code_challenge: challenge, code_challenge_method: 'S256' };
    const url = authorizeUrl(acme.issuer, { ...request, state: 'of-the-app' });
    await here.decide(await here.open(url), 'approve');
    await schedule();
    // An application in use goes on.
    expect(responseOf(await here.open(`${url}&prompt=none`))['code']).toBeDefined();
    const asked = await here.open(url);
    expect([asked.url.includes('/keep-account?request='), asked.text.includes('will be deleted on')]).toEqual([
      true,
      true,
    ]);

    const left = responseOf(await here.submit(asked, 'keep-form', { decision: 'leave' }));
    expect(left).toMatchObject({ error: 'access_denied', state: 'of-the-app' });
    expect(await userNow()).toHaveProperty('deletion_scheduled_for');

    const again = await here.open(url);
    // Neither another page nor a decision of nobody leads past it.
    const id = new URL(again.url).searchParams.get('request') ?? '';
    expect((await here.open(`${acme.issuer}/consent?request=${id}`)).url).toBe(again.url);
    expect((await here.open(`${acme.issuer}/authorize/resume?request=${id}`)).url).toBe(again.url);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const { code = '' } = responseOf(await here.submit(again, 'keep-form', { decision: 'keep' }));
      expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(200);
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'user.deletion_withdrawn', user_id: userId }));
    expect(await userNow()).not.toHaveProperty('deletion_scheduled_for');
    expect(responseOf(await here.open(url))['code']).toBeDefined();
  });

  it('is kept once by whoever says it many times at once', async () => {
    await schedule();
    const url = authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' });
    const asked = await here.open(url);
    const click = racingSubmit(here, asked, 'keep-form', { decision: 'keep' });
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const answers = await race(
        [platform.config.listen.port],
        times(8, () => click),
      );
      expect(countStatuses(answers)).toEqual({ 303: 8 });
    });
    expect(events.filter(({ type }) => type === 'user.deletion_withdrawn')).toHaveLength(1);
    expect((await here.open(asked.url)).url).not.toContain('/keep-account');
  });

  it('is not decided with the page of another person, or after a withdrawal elsewhere', async () => {
    await schedule();
    const url = authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' });
    const asked = await here.open(url);
    const eve = new TestBrowser();
    await platform.operator.create('/tenants/acme/users', { username: `eve-${username}`, password: PASSWORD });
    await signIn(eve, `eve-${username}`);
    const stolen = await eve.submit(asked, 'keep-form', { decision: 'keep' });
    expect(stolen.status).toBeGreaterThanOrEqual(400);
    expect(await userNow()).toHaveProperty('deletion_scheduled_for');
    await here.submit(await open('/account/data'), 'keep-submit');
    const on = await here.submit(asked, 'keep-form', { decision: 'leave' });
    expect(on.url).not.toContain('/keep-account');
    expect(responseOf(await here.decide(on, 'approve'))['code']).toBeDefined();
  });

  it('destroys the account when its time has come, once, whoever does it', async () => {
    await schedule();
    await upkeep();
    expect(await exists()).toBe(true);
    await due();
    const events = await eventsOf(platform.operator, 'acme', () => Promise.all(times(5, upkeep)));
    expect(await exists()).toBe(false);
    expect(events).toMatchObject([
      { type: 'user.deleted', target: `user:${userId}`, details: { reason: 'asked_for_by_person' } },
    ]);
    expect((await open('/account')).text).toContain('id="login-form"');
    expect((await signIn(new TestBrowser())).text).toContain('id="login-form"');
  });

  it('withdrawn at the moment of its destruction either stays or goes, and never half', async () => {
    await schedule();
    await due();
    const page = await open('/account/data');
    const click = racingSubmit(here, page, 'keep-submit', {});
    const [answers] = await Promise.all([race([platform.config.listen.port], [click]), upkeep()]);
    const kept = (await exists()) ? 1 : 0;
    const types = (await listEvents(platform.operator, 'acme')).filter(({ user_id }) => user_id === userId);
    const ends = types.map(({ type }) => type).filter((type) => /deleted|withdrawn/.test(type));
    expect([countStatuses(answers), ends]).toEqual([
      { 303: 1 },
      [kept === 1 ? 'user.deletion_withdrawn' : 'user.deleted'],
    ]);
  });

  it('asked for many times at once is one', async () => {
    const click = racingSubmit(here, await open('/account/delete'), 'delete-form', {});
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const answers = await race(
        [platform.config.listen.port],
        times(8, () => click),
      );
      expect(countStatuses(answers)).toEqual({ 303: 8 });
    });
    expect(events.filter(({ type }) => type === 'user.deletion_requested')).toHaveLength(1);
    expect(await mailsTo(platform, acme, `${username}@mail.test`)).toHaveLength(1);
  });

  it('needs a recent sign-in, from the question to the answer', async () => {
    const question = await open('/account/delete');
    await makeStale();
    for (const page of [await open('/account/delete'), await here.submit(question, 'delete-form')]) {
      expect([page.url.includes('/sign-in?'), page.text.includes('id="login-form"')]).toEqual([true, true]);
    }
    expect(await userNow()).not.toHaveProperty('deletion_scheduled_for');
    const back = await here.signIn(await open('/account/delete'), username, PASSWORD);
    expect(back.url).toBe(`${acme.issuer}/account/delete`);
  });

  it('is not offered where the policy is off, nor to an administrator', async () => {
    const question = await open('/account/delete');
    await withPolicy({ account_deletion: 'off' }, async () => {
      expect((await open('/account/data')).text).not.toContain('id="delete-account"');
      expect((await open('/account/delete')).url).toBe(`${acme.issuer}/account/data`);
      expect((await here.submit(question, 'delete-form')).url).toBe(`${acme.issuer}/account/data`);
    });
    await platform.operator.patch('/tenants/acme', { policy: { account_deletion: 'on' } });
    await platform.operator.patch(`/tenants/acme/users/${userId}`, { tenant_admin: true });
    expect((await open('/account/data')).text).toContain('You are an administrator');
    await here.submit(question, 'delete-form');
    expect(await userNow()).not.toHaveProperty('deletion_scheduled_for');
    // Whoever became one meanwhile is not destroyed.
    await due();
    await upkeep();
    expect(await exists()).toBe(true);
    await platform.database.query('UPDATE users SET deletion_scheduled_for = NULL WHERE id = $1', [userId]);
  });

  it('of a namesake elsewhere is theirs alone', async () => {
    await platform.operator.create('/tenants/globex/users', { username, password: PASSWORD });
    const elsewhere = new TestBrowser();
    await signIn(elsewhere, username, globex.issuer);
    const page = await elsewhere.open(`${globex.issuer}/account/data`);
    expect(page.text).not.toContain('id="delete-account"');
    await schedule();
    expect((await elsewhere.open(`${globex.issuer}/account`)).text).not.toContain('id="attention"');
  });
});
