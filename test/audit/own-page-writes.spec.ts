import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { PEOPLE_EVENTS } from '../../src/audit/catalogue/people-events.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { lastMailTo } from '../support/mails.js';
import { addPasskey } from '../support/passkeys.js';
import { codeOf, confirmApp, recoveryCodesOn, submitCode } from '../support/second-factor.js';
import { authorizeUrl, pkce } from '../support/tenant-fixture.js';

const OLD = 'seven ravens over the harbour';
const NEW = 'nine lanterns under the bridge';
const TEXT = expect.any(String) as unknown;
const ID = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { account_deletion: 'on' });
const PASSKEY = { name: TEXT, rp_id: 'localhost', aaguid: ID, backup_eligible: false };
const RESOURCES = ['', 'https://api.acme.test'];
/** What else is recorded on the way, and changes nothing of an account. */
const ON_THE_WAY = ['user.signed_in', 'user.second_factor_proven', 'authorization.granted'];
/** Whatever a person typed, was shown or holds that would open something. */
const secrets = new Set<string>([OLD, NEW]);

/** Somebody who is signed in, with an address that is proven. */
class Person {
  readonly username = `user-${randomUUID()}`;
  readonly email = `${this.username}@acme.test`;
  readonly browser = new TestBrowser();
  id = '';

  static async signedIn(more: object = {}): Promise<Person> {
    const person = new Person();
    const { username, email, browser } = person;
    const user = { username, password: OLD, email, email_verified: true, ...more };
    ({ id: person.id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user));
    await browser.signIn(await person.open('/sign-in'), username, OLD);
    return person;
  }

  open(path: string): Promise<Page> {
    return this.browser.open(`${acme.issuer}${path}`);
  }

  async submit(path: string, form: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.browser.submit(await this.open(path), form, { ...fields });
  }

  async signInAgain(): Promise<TestBrowser> {
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), this.username, OLD);
    return browser;
  }

  async mail() {
    const mail = await lastMailTo(platform, acme, this.email);
    secrets.add(mail.code).add(new URL(mail.link, acme.issuer).searchParams.get('token') ?? '');
    return mail;
  }

  async app() {
    const { secret, recoveryCodes } = await confirmApp(this.browser, await this.open('/second-factor/enrol-totp'));
    [secret, ...recoveryCodes].forEach((one) => secrets.add(one));
    return secret;
  }

  /** What the log has of them, as it is stored, the oldest first. */
  events() {
    return platform.database.query<{ id: string; type: string; outcome: string; details: object | null }>(
      `SELECT id, type, outcome, target, details FROM audit_events
        WHERE tenant_id = $1 AND (user_id = $2 OR target = $3) ORDER BY occurred_at, id`,
      [acme.id, this.id, `user:${this.id}`],
    );
  }
}

interface Case {
  /** What the account has beyond its address. */
  readonly user?: object;
  readonly given?: (person: Person) => Promise<unknown>;
  readonly write: (person: Person) => Promise<unknown>;
  /** Each event of the write: its type and all of its details, as they are stored. */
  readonly events: readonly (readonly [keyof typeof PEOPLE_EVENTS, object])[];
}

const renewed = { new_password: NEW, new_password_again: NEW };
const session = ID;
const enrolled = (person: Person) => person.app();

const CASES: Readonly<Record<string, Case>> = {
  'a changed password': {
    write: (person) =>
      person.submit('/change-password', 'password-form', {
        username: person.username,
        current_password: OLD,
        ...renewed,
      }),
    events: [['user.password_changed', { changed: ['password'], session }]],
  },
  'a password that was forgotten and chosen anew': {
    write: async (person) => {
      await person.submit('/forgot-password', 'forgot-form', { identifier: person.username });
      const { link } = await person.mail();
      const page = await person.browser.open(link);
      return person.browser.submit(page, 'new-password-form', { ...renewed, end_sessions: 'on' });
    },
    events: [
      ['user.password_reset_requested', { identifier: expect.stringMatching(/^user-/) as unknown }],
      ['user.password_reset', { changed: ['password'], ended_sessions: true }],
    ],
  },
  'a password that an administrator had asked for by mail': {
    given: async (person) => {
      await platform.operator.request('POST', `/tenants/acme/users/${person.id}/set-password-mail`);
    },
    write: async (person) => {
      const { link } = await person.mail();
      return person.browser.submit(await person.browser.open(link), 'sign-up-form', renewed);
    },
    events: [['user.password_set', { changed: ['password'] }]],
  },
  'a password by mail, which proves the address as well': {
    user: { email_verified: false },
    given: async (person) => {
      await platform.operator.request('POST', `/tenants/acme/users/${person.id}/set-password-mail`);
    },
    write: async (person) => {
      const { link } = await person.mail();
      return person.browser.submit(await person.browser.open(link), 'sign-up-form', renewed);
    },
    events: [['user.password_set', { changed: ['password', 'email_verified'] }]],
  },
  'an authenticator app': {
    write: enrolled,
    events: [['user.second_factor_added', { after: { factor: 'totp' }, factor: 'totp', session }]],
  },
  'an authenticator app that is removed': {
    given: enrolled,
    write: (person) => person.submit('/account/second-factor', '/account/second-factor/remove'),
    events: [['user.second_factor_removed', { before: { factor: 'totp' }, factor: 'totp', session }]],
  },
  'new recovery codes': {
    given: enrolled,
    write: async (person) => {
      const page = await person.submit('/account/second-factor', '/account/second-factor/recovery-codes');
      recoveryCodesOn(page).forEach((code) => secrets.add(code));
    },
    events: [['user.recovery_codes_made', { changed: ['recovery_codes'], factor: 'recovery-code', session }]],
  },
  'browsers that are forgotten': {
    given: async (person) => {
      const secret = await person.app();
      const browser = await person.signInAgain();
      const code = await codeOf(secret, 1);
      await submitCode(browser, await browser.open(`${acme.issuer}/account`), code, { remember: 'yes' });
    },
    write: (person) => person.submit('/account/second-factor', '/account/second-factor/forget'),
    events: [
      [
        'user.second_factor_removed',
        {
          before: { remembered_browsers: 1 },
          after: { remembered_browsers: 0 },
          factor: 'remembered_devices',
          session,
        },
      ],
    ],
  },
  'a passkey': {
    write: (person) => addPasskey(acme.issuer, { browser: person.browser }),
    events: [['passkey.added', { after: PASSKEY, ...PASSKEY }]],
  },
  'a passkey that is renamed': {
    given: (person) => addPasskey(acme.issuer, { browser: person.browser }),
    write: (person) => person.submit('/account/passkeys', '/account/passkeys/rename', { name: 'Blue key' }),
    events: [
      [
        'passkey.renamed',
        { before: { name: expect.any(String) as unknown }, after: { name: 'Blue key' }, name: 'Blue key' },
      ],
    ],
  },
  'a passkey that is removed': {
    given: (person) => addPasskey(acme.issuer, { browser: person.browser }),
    write: (person) => person.submit('/account/passkeys', '/account/passkeys/remove'),
    events: [['passkey.removed', { before: { name: TEXT, rp_id: 'localhost' } }]],
  },
  'terms that are accepted': {
    given: () => platform.operator.patch('/tenants/acme', { policy: { terms_version: '7' } }),
    write: async (person) => {
      await person.submit('/account', 'terms-form', { decision: 'accept' });
      await platform.operator.patch('/tenants/acme', { policy: { terms_version: null } });
    },
    events: [['user.terms_accepted', { changed: ['terms_version'], terms_version: '7' }]],
  },
  'a profile': {
    user: { nickname: 'Lovelace' },
    write: (person) =>
      person.submit('/account/profile', 'profile-form', {
        name: 'Ada Åström',
        nickname: '',
        birthdate: '1990-12-31',
        'address/locality': 'Bern',
      }),
    // Names and no values: the log is no second copy of what is known of people.
    events: [['user.profile_changed', { changed: ['name', 'nickname', 'birthdate', 'address'] }]],
  },
  'another address': {
    write: async (person) => {
      const address = `new-${person.email}`;
      const asked = await person.submit('/account/email', 'email-form', { email: address });
      const { code } = await lastMailTo(platform, acme, address);
      secrets.add(code);
      return person.browser.submit(asked, 'email-code-form', { code });
    },
    events: [
      ['user.email_change_requested', {}],
      ['user.email_changed', { changed: ['email'], method: 'code' }],
    ],
  },
  'what an application is allowed': {
    write: allow,
    events: [['consent.granted', { scope: ['openid', 'orders:read'], resources: RESOURCES }]],
  },
  'what an application is not allowed': {
    write: async (person) => person.browser.decide(await authorize(person), 'deny'),
    events: [['consent.denied', { scope: ['openid', 'orders:read'], resources: RESOURCES }]],
  },
  'what an application is allowed no longer': {
    given: allow,
    write: (person) => person.submit('/account/applications', '/account/withdraw'),
    events: [
      [
        'consent.withdrawn',
        {
          before: {
            allowed: [
              { resource: TEXT, scopes: ['openid'], declined: [] },
              { resource: TEXT, scopes: ['orders:read'], declined: [] },
            ],
          },
        },
      ],
    ],
  },
  'a session elsewhere that is ended': {
    given: (person) => person.signInAgain(),
    write: (person) => person.submit('/account/sessions', '/account/end-session'),
    events: [['user.sessions_ended', { before: { sessions: [ID] }, sessions: [ID], by_session: session }]],
  },
  'all sessions elsewhere that are ended': {
    given: (person) => Promise.all([person.signInAgain(), person.signInAgain()]),
    write: (person) => person.submit('/account/sessions', '/account/end-other-sessions'),
    events: [['user.sessions_ended', { before: { sessions: [ID, ID] }, sessions: [ID, ID], by_session: session }]],
  },
  'a sign-out': {
    write: (person) => person.submit('/account', '/end-session/confirm'),
    events: [['user.signed_out', { session }]],
  },
};

describe('a write of a person on the pages', () => {
  it.each(Object.entries(CASES))('is stored with what has changed: %s', async (_, { user, given, write, events }) => {
    const person = await Person.signedIn(user);
    await given?.(person);
    const known = new Set((await person.events()).map(({ id }) => id));
    await write(person);
    const stored = (await person.events()).filter(({ id, type }) => !known.has(id) && !ON_THE_WAY.includes(type));
    expect(stored.map(({ type, outcome, details }) => [type, outcome, details ?? {}])).toEqual(
      events.map(([type, details]) => [type, 'success', details]),
    );
  });

  it('leaves nothing in the log that would open something', async () => {
    const held = [...secrets].filter((text) => text !== '');
    expect(held.length).toBeGreaterThan(20);
    const log = JSON.stringify(await platform.database.query('SELECT * FROM audit_events'));
    expect(held.filter((text) => log.includes(text))).toEqual([]);
    // Hashes and sealed values neither.
    expect(log).not.toMatch(/argon2|\$[0-9a-z]+\$|passwordHash|password_hash/i);
  });
});

async function authorize(person: Person): Promise<Page> {
  const { challenge } = pkce();
  const request = { code_challenge: challenge, code_challenge_method: 'S256', scope: 'openid orders:read' };
  return person.browser.open(authorizeUrl(acme.issuer, request));
}

async function allow(person: Person): Promise<Page> {
  return person.browser.decide(await authorize(person), 'approve');
}
