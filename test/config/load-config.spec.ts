import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';

const MASTER_KEY = Buffer.alloc(32, 9).toString('base64');
const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: 'postgres://u:p@db/tenantry', MASTER_KEY };
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
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.1, proxy'],
    ['WORKERS', '0'],
    ['WORKERS', '257'],
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
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'MASTER_KEY']));
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
