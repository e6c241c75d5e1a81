import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runIn } from '../../src/cli/command-line.js';
import { closeConnections } from '../../src/cli/local-fetch.js';
import { type Profile, ProfileStore } from '../../src/cli/profiles/profile-store.js';
import { installationProof } from '../../src/crypto/installation-proof.js';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform } from '../support/given.js';
import { send } from '../support/http.js';
import { OPERATOR_SECRET } from '../support/platform.js';

const platform = givenPlatform();
const MASTER_KEY = Buffer.alloc(32, 7);
const SECRET = 'the-secret-of-the-first-installation';
const OWN = [
  'TENANTRY_PROFILES',
  'TENANTRY_PROFILE',
  'MASTER_KEY',
  'DATA_DIR',
  'PUBLIC_URL',
  'BOOTSTRAP_CLIENT_SECRET',
];
const before = Object.fromEntries(OWN.map((name) => [name, process.env[name]]));

let folder: string;
let file: string;
let password: string;

beforeAll(async () => {
  for (const slug of ['acme', 'globex']) {
    const body = { slug, display_name: slug };
    await platform.operator.create('/tenants', body);
  }
  const made = await run(['tenants', 'create', 'initech', '--admin', 'boss', '--json', ...asOperator()]);
  password = (JSON.parse(made.output) as { administrator: { password: string } }).administrator.password;
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenantry-profiles-'));
  file = join(folder, 'tenantry', 'profiles.json');
  for (const name of OWN) delete process.env[name];
  Object.assign(process.env, { TENANTRY_PROFILES: file, DATA_DIR: join(folder, 'none') });
  process.env['MASTER_KEY'] = MASTER_KEY.toString('base64');
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await closeConnections();
});

const asOperator = () => ['--url', platform.url, '--secret', OPERATOR_SECRET];

async function run(words: readonly string[], onWarning: (text: string) => void = () => undefined) {
  const written = { output: '', errors: '' };
  const terminal = {
    print: (line: string) => void (written.output += `${line}\n`),
    warn: (line: string) => {
      written.errors += `${line}\n`;
      onWarning(line);
    },
    ask: async () => undefined,
  };
  return { code: await runIn({ terminal }, ['node', 'tenantry', ...words], '0'), ...written };
}

const store = () => new ProfileStore(file);
const operatorProfile = (url: string): Profile => ({ url, tenant: 'system', clientId: 'operator', secret: SECRET });
const stored = (name: string) => store().get(name);

/** Signs in with the browser of a person, as the address says that the command prints. */
async function signIn(name: string) {
  let visited: Promise<unknown> | undefined;
  const end = await run(['profile', 'sign-in', name, '--no-open'], (line) => {
    const [, address] = /Sign in at\s+(\S+)\n/.exec(line) ?? [];
    if (address) visited = allow(address);
  });
  await visited;
  return end;
}

async function allow(address: string): Promise<void> {
  const browser = new TestBrowser();
  const page = await browser.decide(await browser.signIn(await browser.open(address), 'boss', password), 'approve');
  await send(page.headers.location ?? '');
}

describe('A profile', () => {
  it('signs in with the browser, gives commands, renews its token, and signs out for good', async () => {
    const added = await run(['profile', 'add', 'work', '--url', platform.url, '--tenant', 'initech']);
    expect(added).toMatchObject({ code: 0, output: expect.stringContaining('profile sign-in work') });
    expect(await run(['users', 'list', 'initech', '--profile', 'work'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Nobody is signed in with profile work'),
    });
    expect(await signIn('work')).toMatchObject({ code: 0, output: expect.stringContaining('Signed in with') });
    await run(['profile', 'use', 'work']);
    expect(await run(['users', 'list', 'initech'])).toMatchObject({ code: 0, output: expect.stringContaining('boss') });
    // It is a tenant admin, whatever else is in the environment.
    process.env['BOOTSTRAP_CLIENT_SECRET'] = OPERATOR_SECRET;
    expect(await run(['users', 'list', 'globex'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Not found'),
    });

    const first = stored('work').tokens;
    await store().keep('work', first && { ...first, expiresAt: 0 });
    const both = await Promise.all([1, 2, 3].map(() => run(['users', 'list', 'initech'])));
    expect(both.map(({ code, errors }) => [code, errors])).toEqual([1, 2, 3].map(() => [0, '']));
    const renewed = stored('work').tokens;
    expect(renewed?.refreshToken).not.toBe(first?.refreshToken);
    expect((await run(['profile', 'list'])).output).toMatch(/work +http\S+ +initech +tenantry-cli +signed in +yes/);

    expect(await run(['profile', 'sign-out', 'work'])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).not.toContain('oken');
    await store().keep('work', renewed);
    expect(await run(['users', 'list', 'initech'])).toMatchObject({ code: 1 });
  });

  it('of an operator has the secret of a client, read from standard input and shown by nothing', async () => {
    const words = ['profile', 'add', 'ops', '--url', platform.url, '--secret-stdin'];
    const program = join(process.cwd(), 'bin', 'tenantry.js');
    const { status } = spawnSync(process.execPath, [program, ...words], {
      input: `${OPERATOR_SECRET}\n`,
      env: { ...process.env },
    });
    expect([status, stored('ops')]).toEqual([
      0,
      { url: platform.url, tenant: 'system', clientId: 'operator', secret: OPERATOR_SECRET },
    ]);
    expect(await run(['tenants', 'list', '--profile', 'ops'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('globex'),
    });
    for (const more of [[], ['--json']]) {
      expect((await run(['profile', 'list', ...more])).output).not.toContain(OPERATOR_SECRET);
    }
  });

  it('is kept where nobody else can read it, and replaced as a whole', async () => {
    await store().add('one', operatorProfile('https://one.example'));
    await Promise.all(
      [2, 3, 4, 5].map((n) => new ProfileStore(file).add(`p${n}`, operatorProfile('https://n.example'))),
    );
    expect(Object.keys(store().read().profiles)).toHaveLength(5);
    expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('is removed with its credentials, and used no more', async () => {
    await store().add('one', operatorProfile('https://one.example'));
    await run(['profile', 'use', 'one']);
    expect(await run(['profile', 'remove', 'one'])).toMatchObject({ code: 0 });
    expect(store().read()).toEqual({ profiles: {} });
  });

  it.each([
    [['profile', 'add', 'a', '--url', 'http://id.example.com'], 'by https:'],
    [['profile', 'add', 'a', '--url', 'https://user:pass@id.example.com'], 'by https:'],
    [['profile', 'add', 'a', '--url', 'file:///etc/passwd'], 'by https:'],
    [['profile', 'add', '__proto__', '--url', 'https://id.example.com'], 'The name of a profile'],
    [['profile', 'add', '../a', '--url', 'https://id.example.com'], 'The name of a profile'],
    [['profile', 'use'], 'Name a profile'],
    [['profile', 'use', 'constructor'], 'There is no profile constructor'],
    [['tenants', 'list', '--profile', 'a', '--url', 'https://b.example'], 'Give --profile, or --url'],
    [['tenants', 'list', '--profile', 'nobody'], 'There is no profile nobody'],
  ])('is refused with a sentence: %j', async (words, expected) => {
    const { code, output, errors } = await run(words);
    expect([code > 0, output, errors]).toEqual([true, '', expect.stringContaining(expected)]);
  });
});

describe('The file of profiles', () => {
  beforeEach(async () => store().add('work', operatorProfile(platform.url)));
  const refused = async (expected: string) => {
    for (const words of [
      ['tenants', 'list', '--profile', 'work'],
      ['profile', 'list'],
      ['profile', 'use', 'work'],
    ]) {
      expect(await run(words)).toEqual({ code: 1, output: '', errors: expect.stringContaining(expected) });
    }
  };

  it.each([0o644, 0o640, 0o604, 0o620])('is not used when others may read or change it: mode %o', async (mode) => {
    chmodSync(file, mode);
    await refused('chmod 600');
  });

  it('is not used in a folder that others may change', async () => {
    chmodSync(dirname(file), 0o777);
    await refused('chmod 700');
  });

  it('is not used through a symbolic link, nor when it is something else', async () => {
    const elsewhere = join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 });
    rmSync(file);
    symlinkSync(elsewhere, file);
    await refused('is a symbolic link');
    rmSync(file);
    mkdirSync(file);
    await refused('is not');
  });

  it.each(['', 'null', '[]', '{"profiles":{"work":{}}}', '{"profiles":{"work":{"url":"http://evil.example"}}}'])(
    'is not used when it is not as it was written: %s',
    async (content) => {
      writeFileSync(file, content);
      await refused('is not as this command line wrote it');
    },
  );
});

describe('Credentials of a profile', () => {
  /** What somebody saw who has nothing to do with it. */
  let seen: string;
  let stranger: Server;
  /** Proves to be the installation, and sends its callers elsewhere. */
  let rogue: Server;
  let leadsTo: string;
  const urlOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;
  const listening = (server: Server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  beforeEach(async () => {
    seen = '';
    stranger = createServer((request, response) => {
      void text(request).then((body) => {
        seen += `${request.url} ${request.rawHeaders.join(' ')} ${body}\n`;
        response.end('{}');
      });
    });
    rogue = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const issuer = `${urlOf(rogue)}/t/system`;
      const json = (body: object) =>
        void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      const challenge = searchParams.get('challenge') ?? '';
      if (challenge) return json({ proof: installationProof(MASTER_KEY, { challenge, url: urlOf(rogue) }) });
      if (pathname.includes('.well-known') && leadsTo !== 'discovery') {
        const [end, revoke] = leadsTo === 'revocation' ? [issuer, urlOf(stranger)] : [issuer, issuer];
        return json({
          ...{ issuer, authorization_endpoint: `${end}/authorize`, token_endpoint: `${end}/token` },
          ...{ jwks_uri: `${end}/jwks`, userinfo_endpoint: `${end}/userinfo`, revocation_endpoint: `${revoke}/revoke` },
        });
      }
      if (pathname.endsWith('/token') && leadsTo === 'api') return json({ access_token: 'a-token', expires_in: 600 });
      request.resume();
      response.writeHead(307, { location: `${urlOf(stranger)}${pathname}` }).end();
    });
    await Promise.all([listening(stranger), listening(rogue)]);
  });
  afterEach(() => {
    for (const server of [stranger, rogue]) {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each(['discovery', 'token', 'api'])('do not follow a redirect to another origin: %s', async (what) => {
    leadsTo = what;
    await store().add('work', operatorProfile(urlOf(rogue)));
    const { code, errors } = await run(['tenants', 'list', '--profile', 'work']);
    expect([code, errors, seen]).toEqual([1, expect.stringContaining('leads elsewhere'), '']);
  });

  it('are not sent to endpoints of somebody else', async () => {
    leadsTo = 'revocation';
    const tokens = { accessToken: 'a-token', refreshToken: 'a-refresh-token', expiresAt: 0 };
    await store().add('person', { url: urlOf(rogue), tenant: 'system', clientId: 'tenantry-cli', tokens });
    for (const words of [
      ['profile', 'sign-out', 'person'],
      ['profile', 'remove', 'person'],
      ['tenants', 'list', '--profile', 'person'],
    ]) {
      const { code, errors } = await run(words);
      expect([code, errors, seen]).toEqual([1, expect.stringContaining('names an endpoint of somebody else'), '']);
    }
    // What could not be revoked is kept, so that it can be.
    expect(stored('person').tokens).toEqual(tokens);
    expect((await run(['profile', 'sign-out', 'person', '--local'])).code).toBe(0);
    expect(stored('person').tokens).toBeUndefined();
  });

  it('are sent nowhere by plain HTTP where nothing proves to be the installation', async () => {
    await store().add('work', operatorProfile(urlOf(stranger)));
    const { code, errors } = await run(['tenants', 'list', '--profile', 'work']);
    expect([code, errors]).toEqual([1, expect.stringContaining('is not the installation of this directory')]);
    expect(seen).not.toContain(Buffer.from(`operator:${SECRET}`).toString('base64'));
  });

  it('never go to another address: neither by --url, nor under the same name, nor by the environment', async () => {
    await store().add('first', operatorProfile('https://first.example'));
    await run(['profile', 'use', 'first']);
    const elsewhere = urlOf(stranger);
    await run(['tenants', 'list', '--url', elsewhere]);
    process.env['PUBLIC_URL'] = elsewhere;
    await run(['tenants', 'list']);
    delete process.env['PUBLIC_URL'];
    expect(await run(['profile', 'add', 'first', '--url', elsewhere])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is a profile first already'),
    });
    await store().add('second', { url: elsewhere, tenant: 'system', clientId: 'operator' });
    process.env['BOOTSTRAP_CLIENT_SECRET'] = OPERATOR_SECRET;
    expect((await run(['tenants', 'list', '--profile', 'second'])).code).toBe(1);
    for (const secret of [SECRET, OPERATOR_SECRET]) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(Buffer.from(`operator:${secret}`).toString('base64'));
    }
    expect(stored('first')).toEqual(operatorProfile('https://first.example'));
  });
});
