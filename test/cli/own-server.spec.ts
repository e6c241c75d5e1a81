import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type DevelopmentSecrets } from '../../src/config/config.js';
import { loadDevelopmentSecrets } from '../../src/config/development-secrets.js';
import { tenantry } from '../support/command-line.js';
import { send } from '../support/http.js';
import { OPERATOR_SECRET, type Platform, startPlatform } from '../support/platform.js';

/** Somebody who has taken the port, answers as a platform does, and writes down what comes. */
let stranger: Server;
let seen = '';
let relayTo: string | undefined;
let platform: Platform;
let dataDir: string;
let secrets: DevelopmentSecrets;
let url: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenantry-own-'));
  secrets = loadDevelopmentSecrets(dataDir);
  platform = await startPlatform({ config: { masterKey: Buffer.from(secrets.masterKey, 'base64') } });
  stranger = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(stranger.address() as AddressInfo).port}`;
});
afterAll(async () => {
  stranger.close();
  await platform.stop();
  rmSync(dataDir, { recursive: true });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  seen += `${request.url}\n${JSON.stringify(request.rawHeaders)}\n${await text(request)}\n`;
  const json = (body: object) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const path = request.url ?? '';
  if (path.startsWith('/health/installation')) {
    if (relayTo === undefined) return void json({ url, proof: 'x'.repeat(43) });
    const { proof } = (await send(`${relayTo}${path}`)).json();
    return void json({ url, proof });
  }
  const issuer = `${url}${/^\/t\/\w+/.exec(path)?.[0] ?? ''}`;
  json({
    issuer,
    token_endpoint: `${issuer}/token`,
    authorization_endpoint: `${issuer}/authorize`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    access_token: 'taken',
  });
}

const COMMANDS = [
  ['tenants', 'create', 'initech'],
  ['tenants', 'create', 'initech', '--admin', 'admin@initech.example'],
  ['keys', 'rotate', 'acme'],
  ['clients', 'create', 'acme', '--metadata', '{}'],
  ['try', 'token'],
  ['try', 'token', '--tenant', 'system', '--client', 'operator'],
  ['try', 'token', '--secret', 'given-by-hand-4711'],
  ['try', 'login', '--no-open', '--timeout', '1'],
  ['try', 'login', '--tenant', 'hooli', '--no-open', '--timeout', '1'],
  ['login', 'hooli', '--no-open', '--timeout', '1', '--', 'users', 'list', 'hooli'],
];

describe('A stranger on the port', () => {
  it.each([
    ['that proves nothing', () => undefined],
    ['that hands the challenge on to the real server', () => platform.url],
  ])('%s gets no secret from any command', async (_, relay) => {
    relayTo = relay();
    for (const command of COMMANDS) {
      const { code, output, errors } = await tenantry(command, { DATA_DIR: dataDir, PUBLIC_URL: url });
      expect([command, code]).toEqual([command, 1]);
      expect(errors).toContain('is not the installation of this directory, so no secret was sent');
      expect(output).not.toContain(secrets.demo.acme.alicePassword);
    }
    expect(seen).toContain('/health/installation');
    expect(seen).not.toMatch(/authorization|given-by-hand/i);
    for (const secret of [secrets.bootstrapClientSecret, secrets.demo.acme.machineClientSecret]) {
      expect(seen).not.toContain(secret);
    }
  });

  it('gets none either where nothing tells whose server it is', async () => {
    const env = { DATA_DIR: join(dataDir, 'none'), PUBLIC_URL: url, BOOTSTRAP_CLIENT_SECRET: OPERATOR_SECRET };
    const { code, errors } = await tenantry(['tenants', 'create', 'initech'], env);
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('so no secret is sent there') });
    expect(seen).not.toContain(OPERATOR_SECRET);
  });
});

describe('The installation itself', () => {
  it('is found by the file that it leaves in its directory, and proves itself', async () => {
    writeFileSync(
      join(dataDir, 'running.json'),
      JSON.stringify({ url: platform.url, tenantHostSuffix: 'localhost', pid: process.pid }),
    );
    const env = { DATA_DIR: dataDir, BOOTSTRAP_CLIENT_SECRET: OPERATOR_SECRET };
    const { code, output } = await tenantry(['tenants', 'create', 'initech', '--json'], env);
    expect([code, JSON.parse(output)]).toEqual([0, expect.objectContaining({ slug: 'initech' })]);
  });

  it('is not looked for where the process that left the file has ended', async () => {
    writeFileSync(
      join(dataDir, 'running.json'),
      JSON.stringify({ url: platform.url, tenantHostSuffix: 'localhost', pid: 2 ** 30 }),
    );
    const { errors } = await tenantry(['tenants', 'create', 'hooli'], { DATA_DIR: dataDir, PORT: '9' });
    expect(errors).toContain('Nobody answers at http://localhost:9');
  });

  it.each(['', 'short', 'a'.repeat(65), encodeURIComponent('ä'.repeat(30))])(
    'answers 400 to the challenge %j',
    async (challenge) => {
      expect((await send(`${platform.url}/health/installation?challenge=${challenge}`)).status).toBe(400);
    },
  );
});
