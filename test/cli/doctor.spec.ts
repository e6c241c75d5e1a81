import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDevelopmentSecrets } from '../../src/config/development-secrets.js';
import { tenantry } from '../support/command-line.js';
import { type Platform, freePort, startPlatform } from '../support/platform.js';
import { createServingRole, productionEnv } from '../support/production.js';

let platform: Platform;
let stranger: Server;
let dataDir: string;

beforeAll(async () => {
  platform = await startPlatform();
  stranger = createServer((_, response) => response.writeHead(404).end('not a platform'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  stranger.close();
  await platform.stop();
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenantry-doctor-test-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

async function findings(env: Readonly<Record<string, string>>) {
  const { code, output, errors } = await tenantry(['doctor'], { DATA_DIR: dataDir, ...env });
  expect(errors).toBe('');
  return { code, bad: output.split('\n').filter((line) => line.startsWith('✗')), output };
}

describe('tenantry doctor', () => {
  it('finds a healthy installation healthy', async () => {
    loadDevelopmentSecrets(dataDir);
    const { code, bad, output } = await findings({ PUBLIC_URL: platform.url });
    expect({ code, bad }).toEqual({ code: 0, bad: [] });
    expect(output).toContain(`ready at ${platform.url}`);
  });

  it('changes nothing where nothing was started yet', async () => {
    const nowhere = join(dataDir, 'not-yet');
    const { output } = await findings({ PUBLIC_URL: platform.url, DATA_DIR: nowhere });
    expect(output).toContain('not started here yet');
    expect(existsSync(nowhere)).toBe(false);
    await findings({ PUBLIC_URL: platform.url });
    expect(existsSync(join(dataDir, 'secrets.json'))).toBe(false);
  });

  it.each([
    ['a platform that is not running', () => ({ PORT: '9' }), ['Platform', '"npm start" starts it']],
    ['a port that is not one', () => ({ PORT: 'abc' }), ['Environment', 'a port from 1 to 65535']],
    ['another program at the address', () => ({ PUBLIC_URL: addressOf(stranger) }), ['Platform', 'is PUBLIC_URL']],
    [
      'a PUBLIC_URL that the platform does not call itself',
      () => ({ PUBLIC_URL: platform.url.replace('localhost', '127.0.0.1') }),
      ['Path addresses', 'is PUBLIC_URL the same here and at the server?'],
    ],
    ['secrets that are damaged', () => damage(), ['Environment', 'restore it, or remove the whole directory']],
    [
      'a database that does not answer',
      () => ({ PUBLIC_URL: platform.url, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/x' }),
      ['Database', 'start it, or correct DATABASE_URL'],
    ],
    [
      'production without its settings',
      () => ({ PUBLIC_URL: platform.url, NODE_ENV: 'production' }),
      ['Database', 'set DATABASE_URL'],
    ],
    [
      'a production database role that may see every tenant',
      () => ({
        ...productionEnv({
          databaseUrl: platform.database.url,
          ownerUrl: platform.database.url,
          publicUrl: platform.url,
        }),
      }),
      ['Database', 'use a role NOSUPERUSER NOBYPASSRLS'],
    ],
  ])('%s: says so, and how to mend it', async (_, broken, [what = '', mend = '']) => {
    const { code, bad, output } = await findings(broken());
    expect(code).toBe(1);
    expect(bad.map((line) => line.slice(2).split('  ', 1)[0])).toContain(what);
    expect(output).toContain(mend);
    expect(output).not.toContain('hunter2');
  });

  it('finds nothing bad in production with a role of its own', async () => {
    const databaseUrl = await createServingRole(platform.database);
    const env = productionEnv({ databaseUrl, ownerUrl: platform.database.url, publicUrl: platform.url });
    expect(await findings(env)).toMatchObject({ code: 0, bad: [] });
  });

  it('names one cause once', async () => {
    const { bad } = await findings({ PORT: String(await freePort()) });
    expect(bad).toHaveLength(1);
  });
});

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function damage(): Record<string, string> {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, 'secrets.json'), '{"masterKey":');
  return { PUBLIC_URL: platform.url };
}
