import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SNIPPETS, snippetsFor } from '../../src/developers/snippets/snippets.js';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { freePort } from '../support/platform.js';
import { ALICE_PASSWORD } from '../support/tenant-fixture.js';
import { type TestDeveloper, newDeveloper } from './developer-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', {
  developer_registration: 'without_approval',
  developer_redirect_hosts: ['*.acme.test', 'localhost', '127.0.0.1'],
  developer_scopes: ['openid', 'profile', 'email', 'https://api.acme.test orders:read'],
  developer_grant_types: ['authorization_code', 'client_credentials'],
  developer_max_clients: 100,
});
const globex = givenTenant(platform, 'globex', { developer_registration: 'without_approval' });

interface Code {
  readonly file_name: string;
  readonly code: string;
  readonly install: string | null;
  readonly secret_variable: string | null;
}

let ada: TestDeveloper;
beforeAll(async () => {
  ada = await newDeveloper(platform, acme);
});

const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill()) await ended;
  }
});

async function given(client: object) {
  const { id, client_id: clientId } = await ada.submitted(client);
  const secret = (await ada.call('POST', `/clients/${id}/secrets`)).json<{ client_secret: string }>().client_secret;
  const code = async (library: string) => (await ada.call('GET', `/clients/${id}/snippets/${library}`)).json<Code>();
  return { id, clientId, secret, code };
}

/** With the packages of the repository. */
function inFolder(work: (path: string) => unknown): Promise<unknown> {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'tenantry-snippets-')));
  symlinkSync(join(process.cwd(), 'node_modules'), join(path, 'node_modules'));
  return Promise.resolve(work(path)).finally(() => rmSync(path, { recursive: true }));
}

const WEB = { redirect_uris: ['https://shop.acme.test/cb'], scope: 'openid profile email' };
const MACHINE = {
  client_name: 'Job',
  redirect_uris: [],
  grant_types: ['client_credentials'],
  permissions: [{ api: 'https://api.acme.test', scopes: ['orders:read'] }],
};

describe('code with the values of a client', () => {
  it('is offered for what works with it, and never has its secret', async () => {
    const { id, clientId, secret } = await given(WEB);
    const offered = (await ada.call('GET', `/clients/${id}/snippets`)).json<{ data: { library: string }[] }>().data;
    expect(offered.map(({ library }) => library)).toEqual([
      ...['openid-client', 'passport-openidconnect', 'authlib', 'go-oidc', 'curl'],
    ]);
    for (const { library } of offered) {
      const answer = await ada.call('GET', `/clients/${id}/snippets/${library}`);
      const { code, secret_variable: variable } = answer.json<Code>();
      expect([library, answer.status, variable]).toEqual([library, 200, 'CLIENT_SECRET']);
      expect([library, code.includes(clientId), code.includes('CLIENT_SECRET')]).toEqual([library, true, true]);
      expect(code.includes(acme.issuer) || library === 'curl').toBe(true);
      expect(answer.text).not.toContain(secret);
      const asked = await platform.operator.get<Code>(`/tenants/acme/client-registrations/${id}/snippets/${library}`);
      expect(asked.code).toBe(code);
    }
    for (const library of ['oidc-client-ts', 'nothing', '..%2f', '%00', 'x'.repeat(5000)]) {
      expect((await ada.call('GET', `/clients/${id}/snippets/${library}`)).status).toBe(404);
    }
  });

  it('is the same for every client, by its identifier', async () => {
    const { id, clientId, secret } = await given(WEB);
    const { data } = await platform.operator.get<{ data: { library: string }[] }>(
      `/tenants/acme/clients/${clientId}/snippets`,
    );
    expect(data.length).toBeGreaterThan(3);
    for (const { library } of data) {
      const answer = await platform.operator.request('GET', `/tenants/acme/clients/${clientId}/snippets/${library}`);
      expect(answer.json()).toEqual((await ada.call('GET', `/clients/${id}/snippets/${library}`)).json());
      expect(answer.text).not.toContain(secret);
    }
    const foreign = [`globex/clients/${clientId}`, 'acme/clients/nobody'];
    for (const path of [...foreign, `acme/clients/${clientId}/snippets/nothing`].map((one) => `/tenants/${one}`)) {
      const at = path.includes('snippets') ? path : `${path}/snippets`;
      expect((await platform.operator.request('GET', at)).status).toBe(404);
    }
    const test = `redirect-test?redirect_uri=${encodeURIComponent('https://shop.acme.test/cb/')}`;
    const byClient = await platform.operator.request('GET', `/tenants/acme/clients/${clientId}/${test}`);
    expect(byClient.json()).toMatchObject({
      matches: false,
      comparisons: [{ registered: WEB.redirect_uris[0], difference: { code: 'path_slash_added', position: 26 } }],
    });
    expect(byClient.json()).toEqual(
      (await ada.call('GET', `/clients/${id}/redirect-test?${test.split('?')[1]}`)).json(),
    );
    expect((await platform.operator.request('GET', `/tenants/globex/clients/${clientId}/${test}`)).status).toBe(404);
  });

  it('of a machine names the management API by its address', async () => {
    const { client_id: id } = await platform.operator.create<Record<string, string>>('/tenants/acme/clients', {
      grant_types: ['client_credentials'],
      permissions: [
        { api: `${platform.url}/api`, scopes: ['users:read'] },
        { api: 'https://api.acme.test', scopes: ['orders:read'] },
      ],
    });
    const { code } = await platform.operator.get<Code>(`/tenants/acme/clients/${id}/snippets/curl`);
    expect(code).toMatch(/https?:\/\/(api\.acme\.test|[^/]+\/api)/);
    expect(code).not.toContain('resource=management');
  });

  it('is of the owners alone', async () => {
    const { id } = await given(WEB);
    const [bob, eve] = [await newDeveloper(platform, acme), await newDeveloper(platform, globex)];
    for (const other of [bob, eve]) {
      expect((await other.call('GET', `/clients/${id}/snippets`)).status).toBe(404);
      expect((await other.call('GET', `/clients/${id}/snippets/curl`)).status).toBe(404);
    }
    const foreign = `/tenants/globex/client-registrations/${id}/snippets/curl`;
    expect((await platform.operator.request('GET', foreign)).status).toBe(404);
  });

  it('signs a person in: openid-client', async () => {
    const port = await freePort();
    const redirect = `http://localhost:${port}/cb`;
    const { secret, code } = await given({ ...WEB, redirect_uris: [redirect] });
    const { code: text, file_name: name } = await code('openid-client');
    await inFolder(async (path) => {
      writeFileSync(join(path, name), text);
      const env = { ...process.env, CLIENT_SECRET: secret, PORT: String(port) };
      const child = spawn(process.execPath, [name], { cwd: path, env, stdio: 'ignore' });
      running.push(child);
      const start = `http://localhost:${port}/`;
      const application = new TestBrowser();
      let begun = await application.request('GET', start).catch(() => undefined);
      while (!begun) begun = await application.request('GET', start).catch(() => undefined);
      const person = new TestBrowser();
      const consent = await person.signIn(await person.open(begun.headers.location ?? ''), 'alice', ALICE_PASSWORD);
      const answer = await person.decide(consent, 'approve');
      const done = await application.request('GET', answer.headers.location ?? '');
      expect([done.status, done.json()]).toMatchObject([200, { sub: acme.aliceId }]);
      // A second visit with the same answer proves nothing.
      expect((await application.request('GET', answer.headers.location ?? '')).status).toBe(400);
    });
  });

  it('gets a token for a machine: openid-client and curl', async () => {
    const { secret, code } = await given(MACHINE);
    const env = { ...process.env, CLIENT_SECRET: secret };
    for (const [library, program] of [
      ['openid-client', process.execPath],
      ['curl', 'bash'],
    ] as const) {
      const { code: text, file_name: name } = await code(library);
      await inFolder(async (path) => {
        writeFileSync(join(path, name), text);
        const child = spawn(program, [name], { cwd: path, env, stdio: ['ignore', 'pipe', 'inherit'] });
        let output = '';
        child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
        await once(child, 'close');
        expect([library, output]).toEqual([library, expect.stringMatching(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)]);
      });
    }
  });

  it('signs a person in within a browser: oauth4webapi', async () => {
    const { code } = await given({ ...WEB, application_type: 'browser' });
    const { code: text, file_name: name, secret_variable: variable } = await code('oauth4webapi');
    expect(variable).toBeNull();
    await inFolder(async (path) => {
      const kept = new Map<string, string>();
      const location = { href: 'https://shop.acme.test/', assign: (href: string) => void (location.href = href) };
      const sessionStorage = {
        setItem: (key: string, value: string) => void kept.set(key, value),
        getItem: (key: string) => kept.get(key) ?? null,
        removeItem: (key: string) => void kept.delete(key),
      };
      Object.assign(globalThis, { location, sessionStorage });
      try {
        writeFileSync(join(path, name), text);
        const program = (await import(join(path, name))) as {
          signIn(): Promise<void>;
          finish(): Promise<{ claims: object }>;
        };
        await program.signIn();
        const person = new TestBrowser();
        const consent = await person.signIn(await person.open(location.href), 'alice', ALICE_PASSWORD);
        location.href = (await person.decide(consent, 'approve')).headers.location ?? '';
        expect((await program.finish()).claims).toMatchObject({ sub: acme.aliceId });
      } finally {
        Reflect.deleteProperty(globalThis, 'location');
        Reflect.deleteProperty(globalThis, 'sessionStorage');
      }
    });
  });
});

/** As somebody could register it who wants to write the program of others. */
const HOSTILE = `https://shop.acme.test/cb?a='"$(id)\${x}\`&b=//*/`;
const ISSUER = 'https://id.example/t/acme';
const everySnippet = (redirect: string, scope: string) =>
  (['web', 'browser', 'native', 'machine'] as const).flatMap((kind) =>
    snippetsFor(ISSUER, {
      clientId: `it's "$x"`,
      application_type: kind === 'machine' ? 'web' : kind,
      grant_types: [kind === 'machine' ? 'client_credentials' : 'authorization_code'],
      redirect_uris: [redirect],
      scope,
      ...(kind === 'machine' && { permissions: [{ api: `https://a.test/'"$x`, scopes: [`it's$x\``] }] }),
      token_endpoint_auth_method: kind === 'browser' || kind === 'native' ? 'none' : null,
    }),
  );
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  mjs: [process.execPath, '--check'],
  py: ['python3', '-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())'],
  sh: ['bash', '-n'],
  go: ['gofmt', '-e', '-l'],
};

describe('the source of each snippet', () => {
  it('is one of its language, whatever was registered', async () => {
    const written = [
      ...everySnippet(HOSTILE, `openid it's$x\``),
      ...everySnippet('https://shop.acme.test/auth/callback/tenantry', 'openid'),
      ...everySnippet('https://shop.acme.test/login/oauth2/code/tenantry', 'openid'),
    ];
    expect(new Set(written.map(({ library }) => library))).toEqual(new Set(SNIPPETS.map(({ library }) => library)));
    await inFolder((path) => {
      const seen = new Map<string, string[]>();
      written.forEach(({ file }, index) => {
        const [, ending = ''] = file.name.split('.');
        const name = join(path, `${index}.${ending}`);
        writeFileSync(name, file.text);
        seen.set(ending, [...(seen.get(ending) ?? []), name]);
      });
      for (const [ending, names] of seen) {
        const [program, ...args] = CHECKS[ending] ?? [];
        if (program === undefined || spawnSync(program, ['--version']).error) continue;
        for (const name of names) {
          const { status, stderr } = spawnSync(program, [...args, name], { encoding: 'utf8' });
          expect([readFileSync(name, 'utf8'), status, stderr]).toEqual([expect.anything(), 0, '']);
        }
      }
      // What a shell makes of the values is what was registered.
      const shell = written.find(({ library }) => library === 'curl');
      const [line = ''] = /^echo "Open:".*$/m.exec(shell?.file.text ?? '') ?? [];
      const { stdout } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
      expect(new URL(stdout.slice('Open: '.length).trim()).searchParams.get('redirect_uri')).toBe(HOSTILE);
    });
  });

  /** The programs of `npm run test:clients` read the values from the environment; otherwise they are the same lines. */
  it.each([
    ['authjs', 'javascript/auth-js.js', 'https://shop.acme.test/auth/callback/tenantry'],
    ['passport-openidconnect', 'javascript/passport-openidconnect.js', 'https://shop.acme.test/callback'],
    ['authlib', 'python/authlib_flask.py', 'https://shop.acme.test/callback'],
    ['go-oidc', 'go/go-oidc/main.go', 'https://shop.acme.test/callback'],
    [
      'spring-security',
      'java/spring/src/main/resources/application-client.yml',
      'https://shop.acme.test/login/oauth2/code/tenantry',
    ],
  ])('%s has the settings of the client that is run', (library, file, redirect) => {
    const [snippet] = everySnippet(redirect, 'openid profile email').filter((one) => one.library === library);
    const program = readFileSync(join('test/clients', file), 'utf8');
    const [, part = ''] = /docs:start[^\n]*\n(.*?)\n[^\n]*docs:end/s.exec(program) ?? [];
    const settings = [...part.matchAll(/^\s*["']?([A-Za-z_-]+)["']?\s*[:=]/gm)].map(([, name = '']) => name);
    const missing = settings.filter((name) => !snippet?.file.text.includes(name));
    expect([settings.length > 3, missing]).toEqual([true, []]);
  });
});
