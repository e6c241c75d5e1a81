import { describe, expect, it } from '@jest/globals';
import { findUsernameFault, normalizeIdentifier } from '../../src/users/identifier.js';
import { PasswordHasher } from '../../src/users/password-hasher.js';
import { findPasswordFault } from '../../src/users/password-rules.js';
import { claimsFor } from '../../src/users/scope-claims.js';
import type { User } from '../../src/users/user.js';

describe('user names', () => {
  it.each([
    ['Alice', 'alice'],
    [' alice ', 'alice'],
    ['ÄNNE', 'änne'],
    ['A\u030ake', 'åke'],
    ['ａｌｉｃｅ', 'alice'],
    ['ﬁona', 'fiona'],
    ['Straße', 'straße'],
  ])('%j is compared as %j', (given, normalized) => {
    expect(normalizeIdentifier(given)).toBe(normalized);
    expect(normalizeIdentifier(normalizeIdentifier(given))).toBe(normalized);
  });

  it('may have letters of any script, spaces inside, and symbols', () => {
    for (const name of ['alice', 'Алиса', '愛', 'Mary Ann', 'a@b.example', "o'neil", 'x'.repeat(128)]) {
      expect(findUsernameFault(name)).toBeUndefined();
    }
  });

  it.each([
    '',
    ' ',
    ' alice',
    'alice ',
    'a\u200bb',
    'a\u202eb',
    'a\u0000b',
    'a\tb',
    'a\u00a0b',
    'a\u2028b',
    '\ue000',
    'alice\u3164',
    'alice\u115f',
    'alice\uffa0',
    'ali\u034fce',
    'alice\ufe0f',
    'alice\u{e0100}',
    'alice\u2800',
    '\u180b',
    'x'.repeat(129),
  ])('cannot be %j', (name) => {
    expect(findUsernameFault(name)).toEqual(expect.any(String));
  });
});

describe('NIST SP 800-63B-4 §3.1.1.2: passwords', () => {
  const fault = (password: string, words: string[] = [], minLength = 15) =>
    findPasswordFault(password, { minLength, words });

  it('are judged by length and not by composition', async () => {
    expect(await fault('correct horse battery staple')).toBeUndefined();
    expect(await fault('vier zufällige wörter ohne ziffern')).toBeUndefined();
    expect(await fault('Aa1!Aa1!')).toBe('too_short');
    expect(await fault('x7#kQ9!mZ2@pL4', [], 15)).toBe('too_short');
    expect(await fault('k'.repeat(257))).toBe('too_long');
  });

  it('are counted in characters a person sees, not in bytes or halves', async () => {
    expect(await fault('🦊'.repeat(14))).toBe('too_short');
    expect(await fault('e\u0301'.repeat(14))).toBe('too_short');
  });

  it.each(['passwordpassword', 'aaaaaaaaaaaaaaaaaa', 'qwertyuiopasdfgh', '123456789012345', 'password12345678'])(
    'are refused as common: %s',
    async (password) => {
      expect(await fault(password)).toBe('too_common');
    },
  );

  it('are refused when built on words of the tenant or the person', async () => {
    const words = ['Acme Ltd.', 'alice.archer@acme.example'];
    expect(await fault('acmeacmeacmeacme', words)).toBe('too_common');
    expect(await fault('alice.archer@acme.example', words)).toBe('too_common');
  });

  it.each([
    ['Initech', 'the initech stapler is red'],
    ['Initech', 'the INITECH stapler is red'],
    ['Initech', 'the 1n1t3ch stapler is red'],
    ['Initech', 'the !n!t€ch stapler is red'],
    ['Initech', 'the I.n-i_t e c h stapler is red'],
    ['Initech', 'the Ínïtéch stapler is red'],
    ['Initech', 'the ｉｎｉｔｅｃｈ stapler is red'],
    ['Initech', 'theinitechstaplerisred'],
    ['swordfish', 'my $w0rdf15h is green today'],
    ['Straße 7', 'die strasse-7 ist immer leer'],
    ['IBM', 'big 1bm blue machines hum'],
    ['c@fé', 'meet me in the cafe at noon'],
    ['!!initech!!', 'the initech stapler is red'],
  ])('contain no word that the tenant blocks: %s in "%s"', async (word, password) => {
    expect(await findPasswordFault(password, { minLength: 15, words: [], blocked: [word] })).toBe('too_common');
  });

  it('are not blocked by what is too short to be a word', async () => {
    const blocked = ['a-b', '---', '!!!', ' e ', ''];
    const context = { minLength: 15, words: ['Eve', 'li', ''], blocked };
    expect(await findPasswordFault('never forget about the lines', context)).toBeUndefined();
  });

  it('contain no name of the tenant or the person', async () => {
    const words = ['Acme Ltd.', 'alice', 'alice.archer@acme.example'];
    expect(await fault('every morning 4l1c3 drinks cocoa', words)).toBe('too_common');
    expect(await fault('every morning acme-ltd drinks cocoa', words)).toBe('too_common');
    expect(await fault('every morning someone drinks cocoa', words)).toBeUndefined();
  });

  it('have no characters that cannot be typed', async () => {
    expect(await fault('correct horse\u0000battery staple')).toBe('unusable_character');
    expect(await fault('correct horse\nbattery staple')).toBe('unusable_character');
    expect(await fault('correct horse \ud800 battery staple')).toBe('unusable_character');
  });
});

describe('a stored password', () => {
  const hasher = new PasswordHasher();
  const long = `${'lantern '.repeat(10)}`;

  it('counts in its whole length, in either Unicode form, and nothing else is it', async () => {
    const text = `${long}caf\u00E9 one`;
    const stored = await hasher.hash('tenant', text);
    const is = (typed: string) => hasher.verify('tenant', stored, typed);
    expect([await is(text), await is(text.normalize('NFD'))]).toEqual([true, true]);
    const others = [`${long}caf\u00E9 two`, text.slice(0, 80), `${text} `, `${text}\u0000`, text.toUpperCase(), ''];
    for (const other of others) expect([other, await is(other)]).toEqual([other, false]);
    expect(await hasher.verify('tenant', undefined, text)).toBe(false);
  });
});

describe('OpenID Connect Core §5.4: claims by scope', () => {
  const user: User = {
    id: 'u1',
    username: 'alice',
    email: 'alice@acme.example',
    emailVerified: false,
    phoneNumber: undefined,
    phoneNumberVerified: false,
    claims: { name: 'Alice', address: { country: 'DE' } },
    tenantAdmin: true,
    managementRoles: ['owner'],
    managementPermissions: [],
    enabled: true,
    mustChangePassword: false,
    attributes: {},
    secondFactors: [],
    updatedAt: 1_700_000_000,
  };

  it.each([
    [['openid'], { sub: 'u1' }],
    [['openid', 'email'], { sub: 'u1', email: 'alice@acme.example', email_verified: false }],
    [['openid', 'phone'], { sub: 'u1' }],
    [['openid', 'address'], { sub: 'u1', address: { country: 'DE' } }],
    [['openid', 'profile'], { sub: 'u1', name: 'Alice', preferred_username: 'alice', updated_at: 1_700_000_000 }],
    [['openid', 'offline_access', 'orders:read', 'constructor'], { sub: 'u1' }],
    [[], {}],
  ])('%j', (scope, claims) => {
    expect(claimsFor(user, scope)).toEqual(claims);
  });

  it('leaves out what has no value (§5.3.2), in an address too', () => {
    const empty = { name: '', nickname: '', preferred_username: '', website: 'https://a.test' };
    const scope = ['openid', 'profile', 'address'];
    const claims = (address: object) => claimsFor({ ...user, claims: { ...empty, address } }, scope);
    const others = { sub: 'u1', website: 'https://a.test', preferred_username: 'alice', updated_at: 1_700_000_000 };
    expect(claims({ country: 'DE', locality: '', region: null })).toEqual({ ...others, address: { country: 'DE' } });
    expect(claims({ country: '', locality: null })).toEqual(others);
  });
});
