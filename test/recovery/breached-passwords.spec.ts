import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFilter } from '../../src/breaches/filter-builder.js';
import { TestBrowser } from '../support/browser.js';
import { lastMailTo } from '../support/mails.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { type RangeServer, startRangeServer } from '../support/range-server.js';

const IN_FILE = 'seven ravens over the harbour';
const IN_RANGE = 'nine lanterns under the bridge';
const GOOD = 'eleven candles on the staircase';

let folder: string;
let file: string;
let range: RangeServer;
let answer: RequestListener;
let platform: Platform;

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();
const list: RequestListener = (_, response) => void response.end(`${sha1(IN_RANGE).slice(5)}:7\r\n${'0'.repeat(35)}:1`);
const broken: RequestListener = (_, response) => void response.writeHead(500).end();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'breached-'));
  file = join(folder, 'filter');
  writeFileSync(join(folder, 'list'), `${sha1(IN_FILE)}:3\n`);
  await buildFilter(join(folder, 'list'), file, { falsePositiveRate: 0.001 });
  answer = list;
  range = await startRangeServer((request, response) => answer(request, response));
  platform = await startPlatform({ config: { breachedPasswords: { file, rangeUrl: range.url } } });
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
});
afterAll(async () => {
  await platform.stop();
  await range.stop();
  rmSync(folder, { recursive: true, force: true });
});

const create = (password: string) => {
  const username = `user-${randomUUID()}`;
  const body = { username, password, email: `${username}@acme.test`, email_verified: true };
  return platform.operator.request('POST', '/tenants/acme/users', body);
};
const policy = (choice: string) =>
  platform.operator.patch('/tenants/acme', { policy: { breached_passwords_unreachable: choice } });

describe('a password that is known from a breach', () => {
  it.each([
    ['the file', IN_FILE],
    ['the service', IN_RANGE],
  ])('by %s is refused', async (_, password) => {
    expect(expectInvalid(await create(password), '/password')).toMatchObject({
      detail: expect.stringContaining('known from a breach elsewhere'),
    });
  });

  it('is refused when a person changes it, and when it was forgotten', async () => {
    const { username, email } = (await create(GOOD)).json<{ username: string; email: string }>();
    const browser = new TestBrowser();
    const issuer = `${platform.url}/t/acme`;
    const forgotten = await browser.open(`${issuer}/forgot-password`);
    await browser.submit(forgotten, 'forgot-form', { identifier: username });
    const [tenant] = await platform.database.query<{ id: string }>(`SELECT id FROM tenants WHERE slug = 'acme'`);
    const { link = '' } = await lastMailTo(platform, { id: tenant?.id ?? '' }, email);
    const twice = { new_password: IN_FILE, new_password_again: IN_FILE };
    const reset = await browser.submit(await browser.open(link), 'new-password-form', twice);
    expect([reset.status, reset.text.includes('known from a data breach')]).toEqual([400, true]);
    await browser.signIn(await browser.open(`${issuer}/sign-in`), username, GOOD);
    const form = await browser.open(`${issuer}/change-password`);
    const changed = await browser.submit(form, 'password-form', { username, current_password: GOOD, ...twice });
    expect([changed.status, changed.text.includes('known from a data breach')]).toEqual([400, true]);
  });
});

describe('while the service cannot be reached', () => {
  beforeAll(() => void (answer = broken));

  it('a tenant takes passwords by the other rules, or refuses them, as it has chosen', async () => {
    expect((await create(GOOD)).status).toBe(201);
    expectInvalid(await create(IN_FILE), '/password');
    await policy('refuse');
    const refused = await create(GOOD);
    expectProblem(refused, 503, 'unavailable');
    expect(refused.headers['retry-after']).toBeDefined();
    // What the file knows is not asked elsewhere.
    expectInvalid(await create(IN_FILE), '/password');
    expectProblem(
      await platform.operator.request('PATCH', '/tenants/acme', {
        policy: { breached_passwords_unreachable: 'maybe' },
      }),
      400,
      'validation-failed',
    );
  });

  it('or the file is gone: the same', async () => {
    answer = list;
    renameSync(file, `${file}.gone`);
    const gone = await startPlatform({
      beside: platform,
      config: { breachedPasswords: { file, rangeUrl: undefined } },
    });
    const at = `${gone.url}/api/v1/tenants/acme/users`;
    const response = await fetch(at, {
      method: 'POST',
      headers: { authorization: `Bearer ${platform.operator.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ username: randomUUID(), password: GOOD }),
    });
    expect(response.status).toBe(503);
    await gone.stop();
  });
});
