import { beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import type { NewVerification } from '../../src/verification/verification.js';
import { readCode, shownCode } from '../../src/verification/verification-code.js';
import { Verifications } from '../../src/verification/verifications.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { times } from '../support/race.js';

const platform = givenPlatform();
givenTenant(platform, 'acme');
givenTenant(platform, 'globex');

let acme: Tenant;
let globex: Tenant;
let verifications: Verifications;
let database: Database;
beforeAll(async () => {
  verifications = platform.application.nest.get(Verifications);
  database = platform.application.nest.get(Database);
  [acme, globex] = [await tenant('acme'), await tenant('globex')];
});

async function tenant(slug: string): Promise<Tenant> {
  const found = await platform.application.nest.get(TenantResolver).find({ kind: 'path', slug });
  if (!found) throw new Error(`There is no tenant ${slug}.`);
  return found;
}

const browser = { secret: 'the browser that asked' };

function begin(asked: Partial<NewVerification> = {}) {
  const usual = { purpose: 'sign_up', address: 'ada@example.test', browser, lifetimeSeconds: 600 } as const;
  return database.transaction(acme.id, (transaction) => verifications.begin(acme, { ...usual, ...asked }, transaction));
}

const check = (id: string, code: string, by = browser, at = acme) =>
  verifications.checkCode(at, 'sign_up', id, code, by);

/** A code that is not this one. */
const another = (code: string) => String((Number(code) + 1) % 10 ** 8).padStart(8, '0');

describe('a link', () => {
  it('is looked at any number of times and redeemed once among fifty', async () => {
    const { link, id } = await begin({ data: { name: 'Ada' } });
    expect(await verifications.peekLink(acme, 'sign_up', link)).toMatchObject({ id, data: { name: 'Ada' } });
    const redeemed = await Promise.all(
      times(50, () =>
        database.transaction(acme.id, (transaction) => verifications.redeemLink(acme, 'sign_up', link, transaction)),
      ),
    );
    expect(redeemed.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await verifications.peekLink(acme, 'sign_up', link)).toBeUndefined();
    expect(await verifications.findLink(acme, 'sign_up', link)).toMatchObject({ state: 'redeemed' });
  });

  it('serves no other tenant and no other purpose', async () => {
    const { link } = await begin();
    expect(await verifications.findLink(globex, 'sign_up', link)).toBeUndefined();
    expect(await verifications.findLink(acme, 'reset_password', link)).toBeUndefined();
  });

  it('expires, and can be withdrawn', async () => {
    const { link, id } = await begin();
    await database.transaction(acme.id, (transaction) => verifications.withdraw(acme, 'sign_up', { id }, transaction));
    expect(await verifications.findLink(acme, 'sign_up', link)).toMatchObject({ state: 'expired' });
    const { link: late } = await begin({ lifetimeSeconds: 0 });
    const redeem = database.transaction(acme.id, (transaction) =>
      verifications.redeemLink(acme, 'sign_up', late, transaction),
    );
    expect(await redeem).toBeUndefined();
  });
});

describe('a code', () => {
  it('is right in the browser that asked, and nowhere else', async () => {
    const { id, code } = await begin();
    expect(await check(id, code, { secret: 'another browser' })).toBe('spent');
    expect(await check(id, code, browser, globex)).toBe('spent');
    expect(await verifications.checkCode(acme, 'email_code', id, code, browser)).toBe('spent');
    expect(await check(id, shownCode(code))).toMatchObject({ id, state: 'live' });
    const tab = { secret: 'a later secret', otherSecrets: [browser.secret] };
    expect(await check(id, code, tab)).toMatchObject({ id });
  });

  it('can be guessed at five times, also by fifty guesses at once', async () => {
    const { id, code } = await begin({ address: 'guessed@example.test' });
    const answers = await Promise.all(times(50, () => check(id, another(code))));
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5);
    expect(await check(id, code)).toBe('spent');
  });

  it('can be guessed at a hundred times for one address in a day, whatever number of codes it was sent', async () => {
    let wrong = 0;
    for (let sent = 0; sent < 24; sent += 1) {
      const { id, code } = await begin({ address: 'Flooded@Example.test' });
      const answers = await Promise.all(times(5, () => check(id, another(code))));
      wrong += answers.filter((answer) => answer === 'wrong').length;
    }
    expect(wrong).toBe(100);
    const { id, code } = await begin({ address: 'flooded@example.test' });
    expect(await check(id, code)).toBe('spent');
    // What was guessed shows at no other purpose: a reset has this address only where there is an account.
    const reset = await begin({ address: 'flooded@example.test', purpose: 'reset_password' });
    expect(await verifications.checkCode(acme, 'reset_password', reset.id, another(reset.code), browser)).toBe('wrong');
    // Somebody else's codes, and links, are not affected.
    const { id: other, code: otherCode } = await begin({ address: 'elsewhere@example.test' });
    expect(await check(other, otherCode)).toMatchObject({ id: other });
  });

  it('is gone with its verification, and what is no code is no guess', async () => {
    const { id, code, link } = await begin({ address: 'typed@example.test' });
    for (const typed of ['', '12', 'abcdefgh', `${code}1`, '%00', code.replace(/./g, 'é')]) {
      expect(await check(id, typed)).toBe('wrong');
    }
    expect(await check(id, code)).toMatchObject({ id });
    await database.transaction(acme.id, (transaction) => verifications.redeemLink(acme, 'sign_up', link, transaction));
    expect(await check(id, code)).toBe('spent');
    expect(await check('no id', code)).toBe('spent');
  });

  it.each([
    ['1234 5678', '12345678'],
    ['1234-5678', '12345678'],
    ['１２３４５６７８', '12345678'],
    ['٠١٢٣٤٥٦٧', '01234567'],
    ['1234567', undefined],
  ])('is read from "%s"', (typed, code) => expect(readCode(typed)).toBe(code));
});

it('stores no secret in clear', async () => {
  const { id, code, link } = await begin({ data: { password_hash: 'a hash' } });
  const [row] = await platform.database.query<{ text: string }>(
    `SELECT v::text || encode(coalesce(data, ''), 'escape') AS text FROM verifications v WHERE id = $1`,
    [id],
  );
  expect(row?.text).not.toMatch(new RegExp(`${code}|${link}|a hash`));
});
