import { describe, expect, it } from '@jest/globals';
import { TenantAddresses } from '../../src/tenants/tenant-addresses.js';
import { testConfig } from '../support/platform.js';

const local = new TenantAddresses({ ...testConfig(3000) });
const hosted = new TenantAddresses({
  ...testConfig(3000),
  publicUrl: 'https://id.example.com',
  tenantHostSuffix: 'id.example.com',
});

const path = (slug: string) => ({ kind: 'path', slug });
const host = (slug: string) => ({ kind: 'host', slug });

describe('which tenant a request is addressed to', () => {
  it.each([
    ['localhost:3000', '/t/acme/token', path('acme'), '/token'],
    ['localhost:3000', '/t/acme', path('acme'), '/'],
    ['localhost:3000', '/t/acme?x=1', path('acme'), '/?x=1'],
    ['127.0.0.1:3000', '/t/acme/token?a=/t/globex', path('acme'), '/token?a=/t/globex'],
    ['[::1]:3000', '/t/acme/token', path('acme'), '/token'],
    ['acme.localhost:3000', '/token', host('acme'), '/token'],
    ['ACME.LocalHost:3000', '/token', host('acme'), '/token'],
    ['acme.localhost.:3000', '/token', host('acme'), '/token'],
    ['acme.localhost', '/', host('acme'), '/'],
    ['acme.localhost:3000', '/t/globex/token', host('acme'), '/t/globex/token'],
    [
      'localhost:3000',
      '/.well-known/oauth-authorization-server/t/acme',
      path('acme'),
      '/.well-known/oauth-authorization-server',
    ],
    [
      'localhost:3000',
      '/.well-known/openid-configuration/t/acme?x',
      path('acme'),
      '/.well-known/openid-configuration?x',
    ],
  ])('%s %s', (hostHeader, url, address, rest) => {
    expect(local.locate(hostHeader, url)).toEqual({ address, url: rest });
  });

  it.each([
    ['localhost:3000', '/'],
    ['localhost:3000', '/t/'],
    ['localhost:3000', '/t'],
    ['localhost:3000', '/t/ACME/token'],
    ['localhost:3000', '/t/ac%6de/token'],
    ['localhost:3000', '/t/acme.x/token'],
    ['localhost:3000', '/t/../t/acme/token'],
    ['localhost:3000', '//t/acme/token'],
    ['localhost:3000', '/.well-known/oauth-authorization-server/t/acme/x'],
    ['a.b.localhost:3000', '/token'],
    ['xlocalhost', '/token'],
  ])('%s %s is addressed to none', (hostHeader, url) => {
    expect(local.locate(hostHeader, url)).toEqual({ address: undefined, url });
  });

  it.each(['evil.test', 'localhost.evil.test', 'Login.Acme.Example:8443'])('%s may be a domain of a tenant', (host) => {
    const domain = host.toLowerCase().replace(/:.*/, '');
    expect(local.locate(host, '/token')).toEqual({ address: undefined, url: '/token', domain });
  });

  it.each(['127.0.0.1', '10.1', '[::1]', 'balancer', 'a_b.example', 'localhost', 'a.example.1'])(
    'no statement is spent on %s',
    (host) => {
      expect(local.locate(host, '/token')).not.toHaveProperty('domain');
    },
  );

  it.each([
    undefined,
    '',
    ' ',
    'a b',
    'acme.localhost:x',
    'acme..localhost',
    'acme.localhost/',
    'user@acme.localhost',
    'acme.localhost:3000:1',
    'ä.localhost',
    'x'.repeat(300),
    '[',
    'a,b',
  ])('the Host header %j is refused (RFC 9112 §3.2)', (hostHeader) => {
    expect(local.locate(hostHeader, '/')).toBeUndefined();
  });

  it('never takes the platform’s own host for a tenant’s, even below the suffix', () => {
    const nested = new TenantAddresses({
      ...testConfig(3000),
      publicUrl: 'https://id.example.com',
      tenantHostSuffix: 'example.com',
    });
    expect(nested.locate('id.example.com', '/token')).toEqual({ address: undefined, url: '/token' });
    expect(nested.locate('acme.example.com', '/token')?.address).toEqual(host('acme'));
  });
});

describe('the addresses of a tenant', () => {
  it('are made from configuration, scheme and port included', () => {
    expect(local.issuersOfSlug('acme')).toEqual(['http://localhost:3000/t/acme', 'http://acme.localhost:3000']);
    expect(hosted.issuersOfSlug('acme')).toEqual(['https://id.example.com/t/acme', 'https://acme.id.example.com']);
  });

  it('are recognised, and nothing else is', () => {
    for (const [issuer, address] of [
      ['https://id.example.com/t/acme', path('acme')],
      ['https://acme.id.example.com', host('acme')],
    ] as const) {
      expect(hosted.parse(issuer)).toEqual(address);
    }
    for (const issuer of [
      '',
      'https://id.example.com',
      'https://id.example.com/t/',
      'https://id.example.com/t/acme/',
      'https://id.example.com/t/acme/x',
      'https://id.example.com/t/ACME',
      'http://acme.id.example.com',
      'https://acme.id.example.com/',
      'https://acme.id.example.com:8443',
      'https://a.b.id.example.com',
      'https://acme.evil.test/',
      'https://192.168.0.1',
      'https://evil',
      'https://.id.example.com',
    ]) {
      expect(hosted.parse(issuer)).toBeUndefined();
    }
    // Whether it is one is for the database to say.
    expect(hosted.parse('https://login.acme.test')).toEqual({ kind: 'domain', domain: 'login.acme.test' });
  });
});
