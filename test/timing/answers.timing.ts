import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { encodeForm } from '../support/http.js';
import { type TimedCase, compare } from './compare.js';

const SAMPLES = Number(process.env['TIMING_SAMPLES'] ?? 300);
const PASSWORD = 'seven ravens over the harbour';
const PLENTY = { burst: 1e9, perSecond: 1e6 };
/** Medians may differ by a tenth, beside what a rank test finds. */
const TOLERANCE = 0.1;
const SIGNIFICANCE = 0.01;

const platform = givenPlatform({
  limits: { recovery: PLENTY, signUps: { tenant: PLENTY, allTenants: PLENTY, everywhere: PLENTY } },
});
const acme = givenTenant(platform, 'acme', { sign_up: 'open', sign_up_attributes: {} });
const steps = givenTenant(platform, 'steps', { sign_in_form: 'identifier_first' });

beforeAll(async () => {
  for (const tenant of ['acme', 'steps']) {
    await newUser(tenant, 'known');
    await newUser(tenant, 'wordless', { password: undefined });
    const { id } = await newUser(tenant, 'disabled');
    await platform.operator.patch(`/tenants/${tenant}/users/${id}`, { enabled: false });
  }
});

function newUser(tenant: string, username: string, more: object = {}) {
  const user = { username, password: PASSWORD, email: `${username}@known.test`, email_verified: true, ...more };
  return platform.operator.create<{ id: string }>(`/tenants/${tenant}/users`, user);
}

const at = async (path: string, { issuer } = acme): Promise<readonly [TestBrowser, Page]> => {
  // What was counted for the samples before would be in the way of this one.
  for (const table of ['sign_in_attempts', 'mail_limits']) await platform.database.query(`DELETE FROM ${table}`);
  const browser = new TestBrowser();
  return [browser, await browser.open(`${issuer}${path}`)];
};

/** The answer to the form, without what follows it. */
function post(browser: TestBrowser, page: Page, formId: string, fields: Readonly<Record<string, string>>) {
  const form = readForm(page, formId);
  const body = encodeForm({ ...form.fields, ...fields });
  const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  return () => browser.request('POST', new URL(form.action, page.url).href, body, headers);
}

function formCase(name: string, path: string, formId: string, fields: () => Record<string, string>, tenant = acme) {
  return { name, prepare: async () => post(...(await at(path, tenant)), formId, fields()) } satisfies TimedCase;
}

const nobody = () => `nobody-${randomUUID().slice(0, 8)}`;
const wrong = (username: string) => ({ username, password: 'eight ravens over the harbour' });
const chosen = { new_password: PASSWORD, new_password_again: PASSWORD };

function resend(name: string, address: () => string): TimedCase {
  return {
    name,
    prepare: async () => {
      const [browser, page] = await at('/sign-up');
      const sent = await browser.submit(page, 'sign-up-form', { email: address(), ...chosen });
      return post(browser, sent, '/sign-up-code/resend', {});
    },
  };
}

const TABLES: readonly [string, () => TimedCase[]][] = [
  [
    'sign-in',
    () => [
      formCase('unknown user', '/sign-in', 'login-form', () => wrong(nobody())),
      formCase('wrong password', '/sign-in', 'login-form', () => wrong('known')),
      formCase('no password', '/sign-in', 'login-form', () => wrong('wordless')),
      formCase('disabled', '/sign-in', 'login-form', () => ({ username: 'disabled', password: PASSWORD })),
    ],
  ],
  [
    'identifier first',
    () => [
      formCase('unknown user', '/sign-in', 'login-form', () => ({ username: nobody() }), steps),
      formCase('known user', '/sign-in', 'login-form', () => ({ username: 'known' }), steps),
    ],
  ],
  [
    'forgotten password',
    () => [
      formCase('unknown user', '/forgot-password', 'forgot-form', () => ({ identifier: nobody() })),
      formCase('known user', '/forgot-password', 'forgot-form', () => ({ identifier: 'known' })),
      formCase('no password', '/forgot-password', 'forgot-form', () => ({ identifier: 'wordless' })),
      formCase('disabled', '/forgot-password', 'forgot-form', () => ({ identifier: 'disabled' })),
    ],
  ],
  [
    'forgotten user name',
    () => [
      formCase('unknown address', '/forgot-username', 'forgot-username-form', () => ({
        email: `${nobody()}@known.test`,
      })),
      formCase('known address', '/forgot-username', 'forgot-username-form', () => ({ email: 'known@known.test' })),
    ],
  ],
  [
    'sign-up',
    () => [
      formCase('unknown address', '/sign-up', 'sign-up-form', () => ({ email: `${nobody()}@known.test`, ...chosen })),
      formCase('known address', '/sign-up', 'sign-up-form', () => ({ email: 'known@known.test', ...chosen })),
    ],
  ],
  [
    'code sent again',
    () => [
      resend('unknown address', () => `${nobody()}@known.test`),
      resend('known address', () => 'known@known.test'),
    ],
  ],
];

describe('the time of an answer does not tell who has an account', () => {
  it.each(TABLES)('%s', async (table, cases) => {
    const rows = await compare(cases(), SAMPLES);
    const lines = rows.map(
      ({ name, median, p }) => `  ${name.padEnd(20)} ${median.toFixed(2)} ms   p = ${p.toFixed(3)}`,
    );
    process.stderr.write(`${table}, ${SAMPLES} samples each\n${lines.join('\n')}\n`);
    const [first] = rows;
    for (const { name, median, p } of rows) {
      const isNear = Math.abs(median / (first?.median ?? NaN) - 1) < TOLERANCE;
      expect([name, isNear || p > SIGNIFICANCE]).toEqual([name, true]);
    }
  });
});
