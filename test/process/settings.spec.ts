import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load-config.js';

let dataDir: string;

beforeAll(() => void (dataDir = mkdtempSync(join(tmpdir(), 'tenantry-settings-'))));
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('The environment is refused with the name, the value and what is allowed', () => {
  it.each([
    ['PORT', 'abc', 'a port from 1 to 65535'],
    ['PORT', '0', 'a port from 1 to 65535'],
    ['PORT', '70000', 'a port from 1 to 65535'],
    ['PORT', '3000 ', 'a port from 1 to 65535'],
    ['HOST', 'not a host', 'an IP address or host name'],
    ['PUBLIC_URL', 'ftp://id.example.com', 'an origin such as https://id.example.com'],
    ['PUBLIC_URL', 'https://id.example.com/path', 'an origin'],
    ['PUBLIC_URL', 'https://user@id.example.com', 'an origin'],
    ['PUBLIC_URL', 'https://id.example.com/?', 'an origin'],
    ['PUBLIC_URL', 'id.example.com', 'an origin'],
    ['TENANT_HOST_SUFFIX', 'Not-Lower', 'a lower-case host name'],
    ['TENANT_HOST_SUFFIX', '.example.com', 'a lower-case host name'],
    ['TRUST_PROXY', 'everyone', 'off, a number of proxies, or addresses'],
    ['TRUST_PROXY', '10.0.0.0/33', 'off, a number of proxies, or addresses'],
    ['TRUST_PROXY', '0', 'off, a number of proxies, or addresses'],
    ['WORKERS', '0', 'a number of processes'],
    ['WORKERS', '-1', 'a number of processes'],
    ['NODE_ENV', 'prod', 'development, production or test'],
  ])('%s=%j', (name, value, allowed) => {
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringContaining(`${name} is ${JSON.stringify(value)}; allowed: ${allowed}`),
    ]);
  });

  it.each([
    ['MASTER_KEY', 'c2hvcnQ='],
    ['BOOTSTRAP_CLIENT_SECRET', 'too-short-to-be-a-secret'],
    ['BOOTSTRAP_ADMIN_PASSWORD', 'short'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['DATABASE_OWNER_URL', 'hunter2'],
  ])('%s, whose value is not repeated', (name, value) => {
    const [problem = ''] = problemsOf({ [name]: value });
    expect(problem).toContain(`${name} is (hidden); allowed: `);
    expect(problem).not.toContain(value);
  });

  it('an owner of a database that is not named', () => {
    const [problem = ''] = problemsOf({ DATABASE_OWNER_URL: 'postgres://owner:hunter2@db/x' });
    expect(problem).toContain('DATABASE_OWNER_URL is set without DATABASE_URL');
    expect(problem).not.toContain('hunter2');
  });

  it('all that is wrong at once', () => {
    const problems = problemsOf({ PORT: 'abc', WORKERS: 'many', PUBLIC_URL: 'nowhere' });
    expect(problems.map((problem) => problem.split(' ', 1)[0])).toEqual(['PORT', 'PUBLIC_URL', 'WORKERS']);
  });
});

describe('The environment is read with its defaults', () => {
  it('on a machine for development', () => {
    expect(loadConfig({ DATA_DIR: dataDir })).toMatchObject({
      production: false,
      listen: { host: '127.0.0.1', port: 3000 },
      publicUrl: 'http://localhost:3000',
      tenantHostSuffix: 'localhost',
      databaseUrl: undefined,
      trustProxy: false,
      workers: 1,
    });
  });

  it('the public address follows the port, and an empty variable counts as not set', () => {
    const config = loadConfig({ DATA_DIR: dataDir, PORT: '4000', HOST: '', PUBLIC_URL: '' });
    expect([config.listen.host, config.publicUrl]).toEqual(['127.0.0.1', 'http://localhost:4000']);
  });

  it('frozen, and the same secrets every time', () => {
    const config = loadConfig({ DATA_DIR: dataDir });
    expect(Object.isFrozen(config)).toBe(true);
    expect(loadConfig({ DATA_DIR: dataDir }).masterKey.equals(config.masterKey)).toBe(true);
  });
});

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig({ DATA_DIR: dataDir, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('It was accepted.');
}
