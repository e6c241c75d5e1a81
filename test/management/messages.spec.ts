import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectProblem } from '../support/problems.js';

const platform = givenPlatform();

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
});

const WEB = { redirect_uris: ['https://rp.test/cb'] };

describe('a problem says what to change', () => {
  it.each<[string, object, string, string]>([
    ['/tenants', { display_name: 'X' }, '/slug', 'slug is missing'],
    ['/tenants', { slug: 'x' }, '/display_name', 'display_name is missing'],
    ['/tenants', { slug: 'x', display_name: 7 }, '/display_name', 'display_name must be text of one line'],
    ['/tenants', { slug: 'x', displayName: 'X' }, '/displayName', 'displayName is not a known member'],
    [
      '/tenants',
      { slug: 'X Y', display_name: 'X' },
      '/slug',
      'slug must be 1 to 63 lower-case letters, digits and inner hyphens',
    ],
    ['/tenants/acme/users', {}, '/username', 'username is missing'],
    ['/tenants/acme/users', { username: ['a'] }, '/username', 'username must be a string'],
    ['/tenants/acme/users', { username: 'a', email: 'x' }, '/email', 'email must be an e-mail address'],
    ['/tenants/acme/users', { username: 'a', locale: '!' }, '/locale', 'locale must be a language tag such as de-CH'],
    ['/tenants/acme/users', { username: 'a', password: 'short' }, '/password', 'must have at least 15 characters'],
    [
      '/tenants/acme/users',
      { username: 'a', password: 'xy'.repeat(150) },
      '/password',
      'must have at most 256 characters',
    ],
    ['/tenants/acme/clients', { ...WEB, scope: 'a"b' }, '/scope', 'must be scope names and spaces'],
    [
      '/tenants/acme/clients',
      { redirect_uris: ['a', 'a'] },
      '/redirect_uris',
      'redirect_uris must not name anything twice',
    ],
    ['/tenants/acme/clients', { redirect_uris: ['/cb'] }, '/redirect_uris/0', 'is not an absolute URI'],
    ['/tenants/acme/apis', { display_name: 'X' }, '/identifier', 'identifier is missing'],
    [
      '/tenants/acme/apis',
      { identifier: 'https://a.test', display_name: 'A', scopes: [{ name: 'a' }] },
      '/scopes/0/description',
      'description is missing',
    ],
  ])('%s %j: %s %s', async (path, body, pointer, detail) => {
    const problem = expectProblem(await platform.operator.request('POST', path, body), 400, 'validation-failed');
    expect(problem.errors).toContainEqual({ pointer, detail });
    expect(problem.detail).toMatch(/\w+ \w+/);
  });

  it.each([
    ['limit=x', 'limit', 'limit must be an integer number'],
    ['limit=500', 'limit', 'limit must not be greater than 200'],
    ['offset=1', 'offset', 'offset is not a known member'],
  ])('?%s: %s %s', async (query, parameter, detail) => {
    const problem = expectProblem(
      await platform.operator.request('GET', `/tenants?${query}`),
      400,
      'validation-failed',
    );
    expect(problem.errors).toEqual([{ parameter, detail }]);
  });

  it.each(['/tenants/nobody', '/tenants/acme/users/nobody', '/tenants/acme/clients/nobody'])(
    'GET %s: it may be the token',
    async (path) => {
      const problem = expectProblem(await platform.operator.request('GET', path), 404, 'not-found');
      expect(problem.detail).toMatch(/access token/);
    },
  );
});
