import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectInvalid } from '../support/problems.js';

const platform = givenPlatform();

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
});

const UNSEEN = ['a\u0085b', 'a\u007fb', 'a\u200bb', 'a\u202eb', 'a\u2028b', 'a\u{e0041}b', 'a\u200db', 'a\ue000b', ' '];
const LINKS = [
  'https://a\u200b.test/',
  'https://a.test/\u202e',
  'https://a.test/a b',
  'https://a.te\tst/',
  'https://a.test/\n',
  ' https://a.test/',
  'https:\\\\a.test\\',
  'https:a.test',
  'https://user@a.test/',
  'https://:password@a.test/',
  'https://@a.test/',
  'javascript:alert(1)',
  'ftp://a.test/',
];

const machine = { grant_types: ['client_credentials'] };
const user = () => ({ username: randomUUID() });
const api = () => ({ identifier: `https://${randomUUID()}.test`, display_name: 'A' });

/** Every member that people read: where it is, and the body with a value of it. */
const TEXTS: readonly [pointer: string, path: string, body: (value: string) => object][] = [
  ['/display_name', '/tenants', (value) => ({ slug: 'x', display_name: value })],
  ['/client_name', '/tenants/acme/clients', (value) => ({ ...machine, client_name: value })],
  ['/software_id', '/tenants/acme/clients', (value) => ({ ...machine, software_id: value })],
  ['/software_version', '/tenants/acme/clients', (value) => ({ ...machine, software_version: value })],
  ['/username', '/tenants/acme/users', (value) => ({ username: value })],
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'gender'].map(
    (member): [string, string, (value: string) => object] => [
      `/${member}`,
      '/tenants/acme/users',
      (value) => ({ ...user(), [member]: value }),
    ],
  ),
  ...['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'].map(
    (member): [string, string, (value: string) => object] => [
      `/address/${member}`,
      '/tenants/acme/users',
      (value) => ({ ...user(), address: { [member]: value } }),
    ],
  ),
  ...['locale', 'zoneinfo', 'birthdate', 'phone_number'].map((member): [string, string, (value: string) => object] => [
    `/${member}`,
    '/tenants/acme/users',
    (value) => ({ ...user(), [member]: value }),
  ]),
  ['/display_name', '/tenants/acme/apis', (value) => ({ ...api(), display_name: value })],
  ['/identifier', '/tenants/acme/apis', (value) => ({ ...api(), identifier: `https://x.test/${value}` })],
  ['/scopes/0/name', '/tenants/acme/apis', (value) => ({ ...api(), scopes: [{ name: value, description: 'A' }] })],
  [
    '/scopes/0/description',
    '/tenants/acme/apis',
    (value) => ({ ...api(), scopes: [{ name: 'a', description: value }] }),
  ],
  [
    '/scopes/0/descriptions',
    '/tenants/acme/apis',
    (value) => ({ ...api(), scopes: [{ name: 'a', description: 'A', descriptions: { de: value } }] }),
  ],
  ...['sign_in_title', 'sign_in_text', 'footer_text'].map((member): [string, string, (value: string) => object] => [
    `/branding/texts/en/${member}`,
    '/tenants',
    (value) => ({ slug: 'x', display_name: 'X', branding: { texts: { en: { [member]: value } } } }),
  ]),
  ['/client_id', '/tenants/acme/clients', (value) => ({ ...machine, client_id: value })],
  ['/redirect_uris/0', '/tenants/acme/clients', (value) => ({ redirect_uris: [`https://x.test/${value}`] })],
];

describe('a text that people read', () => {
  it.each(TEXTS)('%s of %s holds nothing that cannot be seen', async (pointer, path, bodyOf) => {
    for (const value of UNSEEN) {
      expectInvalid(await platform.operator.request('POST', path, bodyOf(value)), pointer);
    }
  });

  it('may be in any script', async () => {
    const body = { ...user(), name: 'می\u200cخواهم', given_name: 'क्\u200dष', nickname: '👩‍💻' };
    expect(await platform.operator.create('/tenants/acme/users', body)).toMatchObject(body);
  });
});

describe('a link', () => {
  const client = ['client_uri', 'logo_uri', 'policy_uri', 'tos_uri', 'initiate_login_uri'];
  const person = ['profile', 'picture', 'website'];

  it.each([...client, ...person])('%s is a web address without anything hidden', async (member) => {
    const ofClient = client.includes(member);
    const path = ofClient ? '/tenants/acme/clients' : '/tenants/acme/users';
    for (const value of LINKS) {
      const body = ofClient ? { ...machine, [member]: value } : { ...user(), [member]: value };
      expectInvalid(await platform.operator.request('POST', path, body), `/${member}`);
    }
  });

  it.each(['privacy_uri', 'terms_uri', 'support_uri', 'password_reset_uri'])(
    '%s of the branding is one, too',
    async (member) => {
      const more = member === 'support_uri' ? ['mailto:', 'mailto:a b@c.test', 'mailto:a@b.test?bcc=c@d.test'] : [];
      // People type secrets there.
      if (member === 'password_reset_uri') more.push('http://a.test/', 'mailto:a@b.test');
      for (const value of [...LINKS, ...more]) {
        const body = { slug: 'x', display_name: 'X', branding: { [member]: value } };
        expectInvalid(await platform.operator.request('POST', '/tenants', body), `/branding/${member}`);
      }
    },
  );

  it('may be any web address, and support an e-mail address', async () => {
    const branding = {
      privacy_uri: 'http://acme.test',
      terms_uri: 'https://bücher.test/a?b=c@d#e',
      support_uri: 'mailto:help@acme.test',
    };
    const answer = await platform.operator.patch('/tenants/acme', { branding });
    expect(answer['branding']).toMatchObject(branding);
  });
});

describe('an e-mail address', () => {
  it.each(['a b@c.test', 'a@b\u200b.test', 'a\u0007@b.test', '"a b"@c.test', 'a@b.test\n', 'a@@b.test'])(
    'is not %j',
    async (email) => {
      expectInvalid(await platform.operator.request('POST', '/tenants/acme/users', { ...user(), email }), '/email');
      const body = { ...machine, contacts: ['a@b.test', email] };
      expectInvalid(await platform.operator.request('POST', '/tenants/acme/clients', body), '/contacts');
    },
  );
});

describe('rows from before', () => {
  it('stay readable, and other members of them can be changed', async () => {
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', { ...user(), name: 'Old' });
    await platform.database.query(`UPDATE users SET claims = '{"name":"O\u200bld"}' WHERE id = $1`, [id]);
    const path = `/tenants/acme/users/${id}`;
    expect((await platform.operator.get(path))['name']).toBe('O\u200bld');
    expect(await platform.operator.patch(path, { nickname: 'x' })).toMatchObject({ name: 'O\u200bld', nickname: 'x' });
  });
});

describe('what is verified', () => {
  const known = {
    email: 'ada@acme.test',
    email_verified: true,
    phone_number: '+41441234567',
    phone_number_verified: true,
  };
  const patched = async (body: object) => {
    const email = `${randomUUID()}@acme.test`;
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', {
      ...user(),
      ...known,
      email,
    });
    const answer = await platform.operator.patch(`/tenants/acme/users/${id}`, body);
    await platform.operator.request('DELETE', `/tenants/acme/users/${id}`);
    return [answer['email_verified'], answer['phone_number_verified']];
  };

  it.each([
    [{ email: 'new@acme.test' }, [false, true]],
    [{ phone_number: '+41441234568' }, [true, false]],
    [{ email: null, phone_number: null }, [false, false]],
    [{ email: 'new@acme.test', email_verified: true }, [true, true]],
    [{ phone_number: '+41441234567' }, [true, true]],
    [{ nickname: 'x' }, [true, true]],
    [{ email_verified: false }, [false, true]],
  ])('is the address or number it was verified for: %j', async (body, verified) => {
    expect(await patched(body)).toEqual(verified);
  });

  it('stays with an address that only changes its case', async () => {
    const email = `${randomUUID()}@acme.test`;
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', {
      ...user(),
      email,
      email_verified: true,
    });
    const answer = await platform.operator.patch(`/tenants/acme/users/${id}`, { email: email.toUpperCase() });
    expect(answer).toMatchObject({ email: email.toUpperCase(), email_verified: true });
  });

  it('is nothing that is not there', async () => {
    const body = { ...user(), email_verified: true };
    expectInvalid(await platform.operator.request('POST', '/tenants/acme/users', body), '/email_verified');
  });
});
