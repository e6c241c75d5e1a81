import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkMailAndPasswords } from '../../src/cli/mail-and-passwords.js';
import { loadDevelopmentSecrets } from '../../src/config/development-secrets.js';
import { loadConfig } from '../../src/config/load-config.js';
import { tenantry } from '../support/command-line.js';
import { type Platform, freePort, startPlatform } from '../support/platform.js';
import {
  PUBLIC_HOST,
  createOwner,
  createServingRole,
  masterKeyFrom,
  productionEnv,
  publicUrlAt,
} from '../support/production.js';

let platform: Platform;
/** One that is configured as production is. */
let deployed: Platform;
let stranger: Server;
let dataDir: string;

beforeAll(async () => {
  platform = await startPlatform();
  const port = await freePort();
  deployed = await startPlatform({
    config: {
      listen: { host: '127.0.0.1', port },
      publicUrl: publicUrlAt(port),
      tenantHostSuffix: PUBLIC_HOST,
      masterKey: Buffer.from(masterKeyFrom('tests'), 'base64'),
    },
  });
  stranger = createServer((_, response) => response.writeHead(404).end('not a platform'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  stranger.close();
  await platform.stop();
  await deployed.stop();
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
    const json = await tenantry(['doctor', '--json'], { DATA_DIR: dataDir, PUBLIC_URL: platform.url });
    expect(JSON.parse(json.output)).toMatchObject({
      healthy: true,
      findings: expect.arrayContaining([expect.objectContaining({ what: 'Node.js', state: 'good' })]),
    });
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
          databaseUrl: deployed.database.url,
          ownerUrl: deployed.database.url,
          publicUrl: deployed.config.publicUrl,
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

  describe('in production', () => {
    let env: Record<string, string>;

    beforeAll(async () => {
      const databaseUrl = await createServingRole(deployed.database);
      env = productionEnv({ databaseUrl, ownerUrl: deployed.database.url, publicUrl: deployed.config.publicUrl });
    });

    it('finds nothing bad with a role of its own, and says what it looked at', async () => {
      const found = await findings(env);
      // The server of the tests is not durable on purpose.
      expect(found.bad.filter((line) => !line.startsWith('✗ Durability'))).toEqual([]);
      const parts = [
        'TLS',
        'Proxy',
        'Secrets',
        'Mail',
        'Passwords',
        'Schema',
        'Owner',
        'Master key',
        'Clock',
        'Operators',
        'Backups',
      ];
      for (const what of parts) {
        expect(found.output).toMatch(new RegExp(`^[✓·] ${what} `, 'm'));
      }
    });

    it('says whether mail is sent, how safely, and whether breached passwords are refused', () => {
      const checked = (changes: Record<string, string>) => checkMailAndPasswords(loadConfig({ ...env, ...changes }));
      const [mail, passwords] = checked({});
      expect([mail?.state, mail?.text]).toEqual(['note', expect.stringContaining('set SMTP_URL and MAIL_FROM')]);
      expect([passwords?.state, passwords?.text]).toEqual(['note', expect.stringContaining('BREACHED_PASSWORDS_FILE')]);
      const SMTP_URL = 'smtps://user:hunter2@smtp.tenantry.test';
      const [safe, refused] = checked({ SMTP_URL, BREACHED_PASSWORDS_RANGE_URL: 'https://range.tenantry.test' });
      expect([safe?.state, refused?.state]).toEqual(['good', 'good']);
      expect(safe?.text).toContain('smtp.tenantry.test:465, from no-reply@');
      for (const url of ['smtp://smtp.tenantry.test?starttls=optional', `${SMTP_URL}?tls_verify=false`]) {
        const [unsafe] = checked({ SMTP_URL: url });
        expect([unsafe?.state, unsafe?.text]).toEqual(['note', expect.stringMatching(/starttls and tls_verify/)]);
        expect(unsafe?.text).not.toContain('hunter2');
      }
    });

    it.each([
      ['Proxy', { PUBLIC_URL: 'https://id.tenantry.test' }, 'set TRUST_PROXY'],
      ['Secrets', { BOOTSTRAP_CLIENT_SECRET: 'ab'.repeat(20) }, 'BOOTSTRAP_CLIENT_SECRET can be guessed'],
      ['Master key', { MASTER_KEY: masterKeyFrom('another') }, 'set the right one'],
      ['Environment', { PUBLIC_URL: 'https://localhost' }, 'another machine to everybody'],
      ['Durability', {}, 'a crash loses what was answered'],
    ])('%s: is named with what to do', async (what, changes: Record<string, string>, mend) => {
      const { code, bad } = await findings({ ...env, ...changes });
      expect(code).toBe(1);
      expect(bad.find((line) => line.startsWith(`✗ ${what} `))).toContain(mend);
    });

    it('names a schema that this version cannot serve on', async () => {
      await deployed.database.query(
        `INSERT INTO schema_migrations (timestamp, name) VALUES (1999999999999, 'AddMarvels1999999999999')`,
      );
      await deployed.database.query(
        `INSERT INTO platform_settings VALUES ('schema_compatible_from', '1999999999999')
         ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`,
      );
      const { bad } = await findings(env);
      expect(bad.find((line) => line.startsWith('✗ Schema '))).toContain('AddMarvels1999999999999');
    });

    it('names an owner that serves', async () => {
      const owner = await createOwner(deployed.database);
      const { bad } = await findings({ ...env, DATABASE_URL: owner });
      expect(bad.find((line) => line.startsWith('✗ Owner '))).toContain('set DATABASE_OWNER_URL');
    });
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
