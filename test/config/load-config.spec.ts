import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';

const MASTER_KEY = createHash('sha256').update('load-config').digest('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://id.example.com',
  TENANT_HOST_SUFFIX: 'id.example.com',
  DATABASE_URL: 'postgres://u:p@db/tenantry',
  MASTER_KEY,
};
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const load = (env: Record<string, string>) => loadConfig({ DATA_DIR: dir, ...env });

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('development, with nothing set', () => {
  it('has the defaults of the contract', () => {
    const config = load({});
    expect(config).toMatchObject({
      production: false,
      listen: { host: '127.0.0.1', port: 3000 },
      publicUrl: 'http://localhost:3000',
      tenantHostSuffix: 'localhost',
      databaseUrl: undefined,
      trustProxy: false,
      workers: 1,
    });
    expect(config.masterKey).toHaveLength(32);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('follows PORT with its public URL', () => {
    expect(load({ PORT: '4000' })).toMatchObject({ listen: { port: 4000 }, publicUrl: 'http://localhost:4000' });
  });

  it('generates secrets once, and keeps them in a file of this user alone', () => {
    const [first, second] = [load({}), load({})];
    expect(second.masterKey).toEqual(first.masterKey);
    expect(second.bootstrap).toEqual(first.bootstrap);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o077).toBe(0);
    const other = mkdtempSync(join(dir, 'other-'));
    expect(loadConfig({ DATA_DIR: other }).masterKey.equals(first.masterKey)).toBe(false);
  });

  it('says which file is broken instead of making new secrets over it', () => {
    writeFileSync(join(dir, 'secrets.json'), '{"masterKey":');
    expect(problemsOf({})).toEqual([expect.stringContaining('secrets.json')]);
  });

  it('counts an empty variable as not set', () => {
    expect(load({ PORT: '', PUBLIC_URL: '', DATABASE_URL: '' })).toMatchObject({ listen: { port: 3000 } });
  });
});

describe('a wrong value names itself, the value and what is allowed', () => {
  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '30 00'],
    ['PORT', '3e3'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'id.example.com'],
    ['PUBLIC_URL', 'https://id.example.com/path'],
    ['PUBLIC_URL', 'https://id.example.com/?'],
    ['PUBLIC_URL', 'https://id.example.com/#'],
    ['PUBLIC_URL', 'https://user@id.example.com'],
    ['PUBLIC_URL', 'ftp://id.example.com'],
    ['TENANT_HOST_SUFFIX', 'ID.example.com'],
    ['TENANT_HOST_SUFFIX', '.example.com'],
    ['TENANT_HOST_SUFFIX', 'example.com.'],
    ['TENANT_HOST_SUFFIX', '*.example.com'],
    ['TENANT_HOST_SUFFIX', '10.0.0.1'],
    ['ALLOW_INSECURE_HTTP', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.1, proxy'],
    ['WEBHOOKS_ALLOWED_NETWORKS', '10.0.0.0/33'],
    ['WEBHOOKS_ALLOWED_NETWORKS', 'hooks.internal'],
    ['MANAGEMENT_ORIGINS', '*'],
    ['MANAGEMENT_ORIGINS', 'null'],
    ['MANAGEMENT_ORIGINS', 'https://*.example.com'],
    ['MANAGEMENT_ORIGINS', 'https://console.example.com/'],
    ['MANAGEMENT_ORIGINS', 'https://Console.example.com'],
    ['MANAGEMENT_ORIGINS', 'https://console.example.com:443'],
    ['MANAGEMENT_ORIGINS', 'http://console.example.com'],
    ['MANAGEMENT_ORIGINS', 'https://a.example,'],
    ['DOMAIN_RESOLVERS', 'dns.example'],
    ['DOMAIN_RESOLVERS', '9.9.9.9:0'],
    ['DOMAIN_RESOLVERS', '9.9.9.9,, 1.1.1.1'],
    ['WORKERS', '0'],
    ['WORKERS', '257'],
    ['MAIL_FROM', 'no-reply'],
    ['MAIL_FROM', 'Acme <no-reply@example.com>'],
    ['MAIL_FROM', '@example.com'],
    ['MAIL_FROM', 'no-reply@example.com\r\nBcc: eve@example.com'],
    ['MAIL_FROM', 'no-reply@example.com, acme.example'],
    ['MAIL_FROM', 'no-reply@example.com,'],
    ['NODE_ENV', 'staging'],
  ])('%s=%s', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} is `));
    expect(problems[0]).toContain(JSON.stringify(value));
    expect(problems[0]).toContain('allowed: ');
  });

  it.each([
    ['MASTER_KEY', Buffer.alloc(31).toString('base64')],
    ['MASTER_KEY', 'c2VjcmV0LXZhbHVl'],
    ['DATABASE_URL', 'mysql://u:secret-value@db/x'],
    ['DATABASE_OWNER_URL', 'secret-value'],
    ['BOOTSTRAP_CLIENT_SECRET', 'secret-value'],
    ['BOOTSTRAP_ADMIN_PASSWORD', 'secret-value'],
    ['SMTP_URL', 'http://u:secret-value@mail.example.com'],
    ['SMTP_URL', 'smtp://u:secret-value@'],
    ['SMTP_URL', 'mail.example.com:587'],
    ['SMTP_URL', 'smtp://u:secret-value@mail.example.com/path'],
    ['SMTP_URL', 'smtp://u:secret-value@mail.example.com#x'],
    ['SMTP_URL', 'smtp://u:secret-value@mail.example.com:0x19'],
    ['SMTP_URL', 'smtp://u:secret-value@mail.example.com:99999'],
    ['SMTP_URL', 'smtp://u:100%secret-value@mail.example.com'],
    ['SMTP_URL', 'smtp://user@mail.example.com'],
    ['SMTP_URL', 'smtp://:secret-value@mail.example.com'],
    ['SMTP_URL', 'smtp://mail.example.com?starttls=yes'],
    ['SMTP_URL', 'smtp://mail.example.com?starttls=off&starttls=required'],
    ['SMTP_URL', 'smtp://mail.example.com?tls_verify=no'],
    ['SMTP_URL', 'smtp://mail.example.com?timeout=5'],
    ['SMTP_URL', 'smtps://mail.example.com?starttls=required'],
  ])('%s, which is secret, without the value', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${name} is (hidden)`);
    expect(problems[0]).not.toContain(value);
  });

  it('tells of all of them at once', () => {
    expect(problemsOf({ PORT: 'x', WORKERS: 'y', PUBLIC_URL: 'z' })).toHaveLength(3);
  });
});

describe('nothing is derived from half of a pair', () => {
  it.each([
    ['TENANT_HOST_SUFFIX', { PUBLIC_URL: 'https://id.example.com' }],
    ['PUBLIC_URL', { TENANT_HOST_SUFFIX: 'id.example.com' }],
    ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: 'postgres://u:p@db/tenantry' }],
    ['MASTER_KEY_PREVIOUS', { MASTER_KEY_PREVIOUS: MASTER_KEY }],
    ['MASTER_KEY_PREVIOUS', { MASTER_KEY, MASTER_KEY_PREVIOUS: MASTER_KEY }],
    ['METRICS_PORT', { METRICS_PORT: '3000' }],
  ])('%s is named for %j', (name, env: Record<string, string>) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name} is `))]);
  });

  it('but this machine has a suffix of its own', () => {
    expect(load({ PUBLIC_URL: 'http://127.0.0.1:4000' }).tenantHostSuffix).toBe('localhost');
  });
});

describe('SMTP_URL', () => {
  it.each([
    ['smtp://mail.example.com', { port: 587, implicitTls: false, startTls: 'required', verifyCertificate: true }],
    ['smtp://mail.example.com:25?starttls=off', { port: 25, startTls: 'off' }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, startTls: 'optional' }],
    ['smtp://[::1]:1025/', { host: '::1', port: 1025, startTls: 'optional' }],
    ['smtps://mail.example.com?tls_verify=false', { port: 465, implicitTls: true, verifyCertificate: false }],
    ['smtp://a%40b:p%2Fw%3A%25@mail.example.com', { user: 'a@b', password: 'p/w:%' }],
    ['smtp://mail.example.com', { user: undefined, password: undefined }],
  ])('%s', (value, expected) => {
    expect(load({ SMTP_URL: value }).smtp).toMatchObject(expected);
  });

  it('without it there is no server, and a wrong one says what is allowed', () => {
    expect(load({}).smtp).toBeUndefined();
    expect(problemsOf({ SMTP_URL: 'mail.example.com' })).toEqual([
      expect.stringContaining('smtps://user:password@host:465'),
    ]);
  });
});

describe('MAIL_FROM', () => {
  it('is no-reply at the public address without it', () => {
    expect(load({}).mailFrom.address).toBe('no-reply@localhost');
    expect(load({ ...PRODUCTION }).mailFrom.address).toBe('no-reply@id.example.com');
  });

  it('is followed by what tenants may choose', () => {
    expect(load({ MAIL_FROM: 'id@example.com, help@acme.example, @globex.example' }).mailFrom).toEqual({
      address: 'id@example.com',
      addresses: ['id@example.com', 'help@acme.example'],
      domains: ['globex.example'],
    });
  });
});

describe('TRUST_PROXY', () => {
  it.each([
    ['off', false],
    ['1', 1],
    ['10.0.0.1, 10.1.0.0/16,::1', ['10.0.0.1', '10.1.0.0/16', '::1']],
  ])('%s', (value, expected) => {
    expect(load({ TRUST_PROXY: value }).trustProxy).toEqual(expected);
  });
});

describe('production', () => {
  it('needs its database and master key from outside', () => {
    const names = problemsOf({ NODE_ENV: 'production' }).map((problem) => problem.split(' ')[0]);
    expect(names).toEqual(['PUBLIC_URL', 'TENANT_HOST_SUFFIX', 'DATABASE_URL', 'MASTER_KEY']);
  });

  it.each(['PUBLIC_URL', 'TENANT_HOST_SUFFIX', 'DATABASE_URL', 'MASTER_KEY'])('does not start without %s', (name) => {
    expect(problemsOf({ ...PRODUCTION, [name]: '' })).toEqual([expect.stringContaining(`${name} is not set`)]);
  });

  it.each(['MASTER_KEY', 'BOOTSTRAP_CLIENT_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD'] as const)(
    'refuses a %s that was generated for development',
    (name) => {
      const { development } = load({});
      const members = {
        MASTER_KEY: 'masterKey',
        BOOTSTRAP_CLIENT_SECRET: 'bootstrapClientSecret',
        BOOTSTRAP_ADMIN_PASSWORD: 'bootstrapAdminPassword',
      } as const;
      const secrets = {
        BOOTSTRAP_CLIENT_SECRET: 'a-long-secret-of-at-least-32-characters',
        BOOTSTRAP_ADMIN_PASSWORD: 'operators-first-password-3141',
        [name]: String(development?.[members[name]]),
      };
      expect(problemsOf({ ...PRODUCTION, ...secrets })).toEqual([
        expect.stringContaining(`${name} is the one that was generated for development`),
      ]);
    },
  );

  it.each([
    ['PUBLIC_URL', 'https://localhost'],
    ['PUBLIC_URL', 'https://localhost.'],
    ['PUBLIC_URL', 'https://id.localhost:8443'],
    ['PUBLIC_URL', 'https://127.1.2.3'],
    ['PUBLIC_URL', 'https://acme.LOCALHOST'],
    ['PUBLIC_URL', 'https://localhost.localdomain'],
    ['PUBLIC_URL', 'https://127.0.0.1'],
    ['PUBLIC_URL', 'https://2130706433'],
    ['PUBLIC_URL', 'https://0.0.0.0'],
    ['PUBLIC_URL', 'https://[::1]'],
    ['PUBLIC_URL', 'https://[::ffff:127.0.0.1]'],
    ['PUBLIC_URL', 'https://169.254.1.1'],
    ['TENANT_HOST_SUFFIX', 'localhost'],
    ['TENANT_HOST_SUFFIX', 'id.localhost'],
  ])('refuses %s=%s, which is another machine to everybody', (name, value) => {
    expect(problemsOf({ ...PRODUCTION, [name]: value })).toEqual([expect.stringContaining(`${name} is "`)]);
  });

  it('refuses http: unless it is told so', () => {
    const env = { ...PRODUCTION, PUBLIC_URL: 'http://id.example.com' };
    expect(problemsOf(env)).toEqual([expect.stringContaining('ALLOW_INSECURE_HTTP=true')]);
    expect(load({ ...env, ALLOW_INSECURE_HTTP: 'true' }).publicUrl).toBe('http://id.example.com');
  });

  it.each([
    ['BOOTSTRAP_CLIENT_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD'],
    ['BOOTSTRAP_ADMIN_PASSWORD', 'BOOTSTRAP_CLIENT_SECRET'],
  ])('refuses %s without %s', (given, missing) => {
    expect(problemsOf({ ...PRODUCTION, [given]: 'a-long-secret-of-at-least-32-characters' })).toEqual([
      expect.stringContaining(`${missing} is not set, but ${given} is`),
    ]);
  });

  it.each(['MASTER_KEY', 'MASTER_KEY_PREVIOUS'])('refuses a %s that was typed to fill the place', (name) => {
    const placeholder = Buffer.from('0123'.repeat(8)).toString('base64');
    expect(problemsOf({ ...PRODUCTION, [name]: placeholder })).toEqual([
      expect.stringContaining(`${name} is not random`),
    ]);
  });

  it('listens everywhere, generates nothing, and prints nothing', () => {
    const config = load(PRODUCTION);
    expect(config).toMatchObject({ production: true, listen: { host: '0.0.0.0' }, development: undefined });
    expect(config.bootstrap).toEqual({ clientSecret: undefined, adminPassword: undefined });
    expect(config.workers).toBeGreaterThanOrEqual(1);
  });

  it('refuses the secrets that were generated for development', () => {
    const { development } = load({});
    const problems = problemsOf({
      ...PRODUCTION,
      MASTER_KEY: String(development?.masterKey),
      BOOTSTRAP_CLIENT_SECRET: String(development?.bootstrapClientSecret),
      BOOTSTRAP_ADMIN_PASSWORD: String(development?.bootstrapAdminPassword),
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain(String(development?.masterKey));
  });
});
