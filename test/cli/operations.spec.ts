import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runIn } from '../../src/cli/command-line.js';
import { RESOURCES } from '../../src/cli/resources/resources.js';
import {
  AddressError,
  type ManagementClient,
  ManagementError,
  createManagementClient,
} from '../../src/management-client/management-client.js';
import { OPERATIONS } from '../../src/management-client/operations.generated.js';

/** Operations without a command, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  deleteTenant: '`tenants delete` schedules by scheduleTenantDeletion, which can say more',
};

describe('The command line', () => {
  const source = readdirSync('src/cli', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src/cli', name), 'utf8'))
    .join('\n');
  const named = new Set([...source.matchAll(/'([a-z][A-Za-z]+)'/g)].map(([, name]) => name));
  // Such as `give${kind}Role`.
  const patterns = [...source.matchAll(/send\(\s*`([^`]+)`/g)].map(
    ([, name = '']) => new RegExp(`^${name.replace(/\$\{\w+\}/g, '[A-Za-z]+')}$`),
  );

  it('has a command for every operation of the API, or a reason', () => {
    const missing = Object.keys(OPERATIONS).filter((id) => !named.has(id) && !patterns.some((one) => one.test(id)));
    expect(missing.toSorted()).toEqual(Object.keys(WITHOUT).toSorted());
  });

  it('names no address of the API by hand', () => {
    expect([...source.matchAll(/[`'](\/tenants\/|\/api\/v1\/tenants)/g)]).toEqual([]);
  });

  it.each(RESOURCES.map((resource) => [resource.noun, resource] as const))('%s: speaks of one collection', (_, one) => {
    const { list, ...others } = one.operations;
    for (const [verb, id] of Object.entries(others)) {
      const { path } = OPERATIONS[id];
      expect(verb === 'create' ? path : path.replace(/\/\{\w+\}$/, '')).toBe(OPERATIONS[list].path);
    }
  });
});

describe('tenantry completion', () => {
  const scriptOf = async (shell: string) => {
    let output = '';
    const terminal = {
      print: (text: string) => void (output += text),
      warn: () => undefined,
      ask: async () => undefined,
    };
    const code = await runIn({ terminal }, ['node', 'tenantry', 'completion', shell], '0');
    return { code, output };
  };
  const complete = (script: string, ...words: string[]) => {
    const typed = ['tenantry', ...words].map((word) => `'${word}'`).join(' ');
    const ask = `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _tenantry; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trim().split('\n').filter(Boolean);
  };

  it('completes commands, options and what follows values in bash', async () => {
    const { code, output } = await scriptOf('bash');
    expect(code).toBe(0);
    expect(complete(output, 'web')).toEqual(['webhooks']);
    expect(complete(output, 'clients', 'add')).toEqual(['add-secret']);
    expect(complete(output, 'audit', 'l')).toEqual(['list']);
    expect(complete(output, 'users', 'create', 'acme', '--em')).toEqual(['--email', '--email-verified']);
    expect(complete(output, 'profile', '')).toEqual(['add', 'list', 'use', 'remove', 'sign-in', 'sign-out']);
    expect(complete(output, 'nonsense', '$(touch /tmp/x)')).toEqual([]);
  });

  it.each(['bash', 'zsh', 'fish'])('knows every command in %s', async (shell) => {
    const { output } = await scriptOf(shell);
    for (const { noun } of RESOURCES) expect(output).toContain(`'${noun} list'`);
  });

  it('knows no other shell', async () => {
    for (const shell of ['powershell', 'constructor']) expect((await scriptOf(shell)).code).toBe(2);
  });
});

describe('The client of the management API', () => {
  let seen: string[] = [];
  let answer: { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const ready = new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = async (): Promise<ManagementClient> => {
    await ready;
    seen = [];
    const { port } = server.address() as AddressInfo;
    return createManagementClient({ baseUrl: `http://127.0.0.1:${port}`, accessToken: () => 'token' });
  };

  it('takes what the document describes, and does not compile with anything else', () => {
    const all: ((one: ManagementClient) => unknown)[] = [
      (one) => one.call('getUser', { path: { tenant: 'acme', user_id: 'x' } }),
      (one) => one.call('listTenants', {}),
      // @ts-expect-error there is no such operation
      (one) => one.call('getUsr', { path: { tenant: 'acme', user_id: 'x' } }),
      // @ts-expect-error a part of the address is missing
      (one) => one.call('getUser', { path: { tenant: 'acme' } }),
      // @ts-expect-error no such parameter
      (one) => one.call('listUsers', { path: { tenant: 'acme' }, query: { nam: 'x' } }),
      // @ts-expect-error a member of another type
      (one) => one.call('createUser', { path: { tenant: 'acme' }, body: { username: 1 } }),
      // @ts-expect-error no body
      (one) => one.call('createUser', { path: { tenant: 'acme' } }),
      // @ts-expect-error no such header
      (one) => one.call('listUsers', { path: { tenant: 'acme' }, headers: { 'If-Match': 'x' } }),
    ];
    expect(all).toHaveLength(8);
  });

  it('encodes the parts of an address, and refuses those that would lead to another one', async () => {
    answer = { status: 200, body: '{}' };
    const api = await client();
    await api.call('getUser', { path: { tenant: 'a/b', user_id: '?x=#y' } });
    expect(seen).toEqual(['GET /api/v1/tenants/a%2Fb/users/%3Fx%3D%23y']);
    for (const part of ['', '.', '..']) {
      await expect(api.call('getUser', { path: { tenant: 'acme', user_id: part } })).rejects.toThrow(AddressError);
    }
    expect(seen).toHaveLength(1);
  });

  it('throws what the platform refused, and what answered in its place', async () => {
    const api = await client();
    const problem = { type: 'urn:tenantry:problem:not-found', title: 'Not found', status: 404 };
    answer = { status: 404, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(problem) };
    await expect(api.call('listTenants', {})).rejects.toMatchObject({ status: 404, problem });
    for (const body of ['<h1>Bad gateway</h1>', '', 'null', '{}']) {
      answer = { status: 502, body };
      const error: unknown = await api.call('listTenants', {}).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ManagementError);
      expect(error).toMatchObject({ status: 502, problem: undefined });
    }
  });

  it('follows no redirect with its token', async () => {
    const api = await client();
    answer = { status: 307, headers: { location: '/elsewhere' }, body: '' };
    await expect(api.call('listTenants', {})).rejects.toThrow();
    expect(seen).toEqual(['GET /api/v1/tenants']);
  });
});
