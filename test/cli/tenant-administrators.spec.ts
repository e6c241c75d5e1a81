import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runIn } from '../../src/cli/command-line.js';
import { CliError } from '../../src/cli/installation.js';
import { closeConnections } from '../../src/cli/local-fetch.js';
import { ManagementApi, RefusedError } from '../../src/cli/management-api.js';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform } from '../support/given.js';
import { postForm, send } from '../support/http.js';
import { pkce, responseOf } from '../support/tenant-fixture.js';

/** An operator makes a tenant with its administrator, who then does everything there, and nothing elsewhere. */
// Before the platform stops, which waits for a connection that was opened and not used.
afterAll(() => closeConnections());
const platform = givenPlatform();
let operator: ManagementApi;
let initech: { readonly username: string; readonly password: string };
/** With a token of the flow that the API's description names. */
let admin: ManagementApi;

interface End {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

async function run(api: ManagementApi, ...words: string[]): Promise<End> {
  const written = { output: '', errors: '' };
  const terminal = {
    print: (text: string) => void (written.output += `${text}\n`),
    warn: (text: string) => void (written.errors += `${text}\n`),
    ask: async () => undefined,
  };
  return { code: await runIn({ terminal, api }, ['node', 'tenantry', ...words], '0'), ...written };
}

async function json(api: ManagementApi, ...words: string[]): Promise<Record<string, never>> {
  const { code, output, errors } = await run(api, ...words, '--json');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return JSON.parse(output) as Record<string, never>;
}

const onboard = (slug: string, address: string) =>
  json(operator, 'tenants', 'create', slug, '--admin', address) as Promise<Record<string, Record<string, string>>>;

beforeAll(async () => {
  operator = new ManagementApi(platform.url, async () => platform.operator.token);
  const made = await onboard('initech', 'admin@initech.example');
  initech = {
    username: String(made['administrator']?.['username']),
    password: String(made['administrator']?.['password']),
  };
  await run(operator, 'tenants', 'create', 'hooli', '--admin', 'admin@hooli.example');
  admin = new ManagementApi(platform.url, async () => token);
  const token = await signInAsDescribed('initech', initech);
});

/** What a tool does that was given the API's description and the name of the client. */
async function signInAsDescribed(slug: string, person: typeof initech): Promise<string> {
  const description = (await send(`${platform.url}/api/v1/openapi.json?tenant=${slug}`)).json<{
    components: {
      securitySchemes: {
        management: {
          flows: { authorizationCode: { authorizationUrl: string; tokenUrl: string; scopes: Record<string, string> } };
        };
      };
    };
  }>();
  const { authorizationUrl, tokenUrl, scopes } =
    description.components.securitySchemes.management.flows.authorizationCode;
  const { verifier, challenge } = pkce();
  const redirectUri = 'http://127.0.0.1:49152/oauth2-redirect.html';
  const url = new URL(authorizationUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: 'tenantry-cli',
    redirect_uri: redirectUri,
    scope: Object.keys(scopes).join(' '),
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString();
  const browser = new TestBrowser();
  const page = await browser.signIn(await browser.open(url.href), person.username, person.password);
  const { code } = responseOf(await browser.decide(page, 'approve'));
  const form = { grant_type: 'authorization_code', client_id: 'tenantry-cli', redirect_uri: redirectUri };
  const answer = await postForm(tokenUrl, { ...form, code: String(code), code_verifier: verifier });
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('access_token')]);
  return String(answer.json()['access_token']);
}

describe('tenantry tenants create --admin', () => {
  it('says who the administrator is, how to sign in, and what to do next', async () => {
    const { code, output } = await run(operator, 'tenants', 'create', 'umbrella', '--admin', 'root');
    expect(code).toBe(0);
    for (const text of [
      `${platform.url}/t/umbrella`,
      'user name        root',
      `npx tenantry login umbrella --url ${platform.url}`,
      `openapi.json?tenant=umbrella`,
    ]) {
      expect(output).toContain(text);
    }
    expect(output).toMatch(/password {9}[a-z0-9-]{23}\n/);
  });

  it('may be repeated: it makes what is missing, and no second password', async () => {
    const again = await onboard('initech', 'admin@initech.example');
    expect(again['administrator']).toEqual({ id: expect.any(String), username: initech.username });
    const { data } = await json(operator, 'users', 'list', 'initech');
    expect(data).toHaveLength(1);
  });

  it('goes on after a step that failed, and says what is there', async () => {
    await platform.operator.create('/tenants', { slug: 'stopped', display_name: 'Stopped' });
    const bad = await run(operator, 'tenants', 'create', 'stopped', '--admin', 'not an address@');
    expect(bad).toMatchObject({ code: 1, output: '' });
    expect(bad.errors).toContain('The tenant stopped is there, but its administrator not an address@ is not ready');
    expect((await onboard('stopped', 'boss'))['administrator']).toMatchObject({ password: expect.any(String) });
  });

  it('makes an existing user an administrator', async () => {
    await json(operator, 'users', 'create', 'initech', 'promoted');
    await onboard('initech', 'promoted');
    expect(await json(operator, 'users', 'show', 'initech', 'promoted')).toMatchObject({ tenant_admin: true });
  });

  it('needs a password as long as the tenant asks for', async () => {
    const policy = { password_min_length: 64 };
    await platform.operator.create('/tenants', { slug: 'lengthy', display_name: 'Lengthy', policy });
    const { administrator } = await onboard('lengthy', 'boss');
    expect(String(administrator?.['password']).length).toBeGreaterThanOrEqual(64);
  });
});

describe('an administrator who signed in as the description of the API says', () => {
  it('does everything in the own tenant', async () => {
    const commands: string[][] = [
      ['tenants', 'show', 'initech'],
      ['tenants', 'update', 'initech', '--name', 'Initech Inc'],
      ['tenants', 'policy', 'initech', '--set', 'access_token_lifetime_seconds=600'],
      ['tenants', 'branding', 'initech', '--primary-color', '#0a7d5a', '--set', 'texts.en.sign_in_title=Hello'],
      ['apis', 'create', 'initech', 'https://api.initech.example', '--scope', 'orders:read=See your orders'],
      ['apis', 'update', 'initech', 'https://api.initech.example', '--format', 'opaque'],
      ['apis', 'show', 'initech', 'https://api.initech.example'],
      ['clients', 'create', 'initech', '--client-id', 'shop', '--redirect-uri', 'https://shop.example/cb'],
      ['clients', 'update', 'initech', 'shop', '--scope', 'openid orders:read', '--first-party', 'true'],
      ['clients', 'add-secret', 'initech', 'shop'],
      ['clients', 'secrets', 'initech', 'shop'],
      ['clients', 'disable', 'initech', 'shop'],
      ['clients', 'enable', 'initech', 'shop'],
      ['users', 'create', 'initech', 'alice', '--email', 'alice@initech.example', '--name', 'Alice'],
      ['users', 'update', 'initech', 'alice@initech.example', '--email-verified', 'true', '--admin', 'true'],
      ['users', 'set-password', 'initech', 'alice'],
      ['users', 'disable', 'initech', 'alice'],
      ['users', 'resume', 'initech', 'alice'],
      ['keys', 'list', 'initech'],
      ['keys', 'rotate', 'initech'],
      ['consents', 'list', 'initech', '--client', 'tenantry-cli'],
      ['audit', 'list', 'initech', '--limit', '3', '--type', 'user.created'],
      ['apis', 'delete', 'initech', 'https://api.initech.example', '--yes'],
      ['clients', 'delete', 'initech', 'shop', '--yes'],
      ['users', 'delete', 'initech', 'alice', '--yes'],
    ];
    for (const command of commands) {
      expect([command, await run(admin, ...command)]).toEqual([
        command,
        { code: 0, errors: expect.stringMatching(/^(Warning: .+\n)*$/), output: expect.stringMatching(/\S/) },
      ]);
    }
    expect(await platform.operator.get('/tenants/initech')).toMatchObject({
      display_name: 'Initech Inc',
      policy: { access_token_lifetime_seconds: 600 },
      branding: { primary_color: '#0a7d5a', texts: { en: { sign_in_title: 'Hello' } } },
    });
  });

  it('does nothing in another tenant, and nothing that is the operators’', async () => {
    const refused: [string[], string][] = [
      [['tenants', 'show', 'hooli'], 'has no tenant hooli'],
      [['tenants', 'policy', 'hooli', '--set', 'require_pkce=false'], 'has no tenant hooli'],
      [['clients', 'list', 'hooli'], 'has no tenant hooli'],
      [['users', 'show', 'hooli', 'admin@hooli.example'], 'has no tenant hooli'],
      [['users', 'set-password', 'hooli', 'admin@hooli.example'], 'has no tenant hooli'],
      [['keys', 'rotate', 'hooli'], 'has no tenant hooli'],
      [['audit', 'list', 'system'], 'has no tenant system'],
      [['tenants', 'create', 'another'], 'Only operators of the platform may do this.'],
      [['tenants', 'suspend', 'initech'], 'Only operators of the platform may do this.'],
      [['tenants', 'delete', 'initech', '--yes'], 'Only operators of the platform may do this.'],
      [['tenants', 'withdraw-deletion', 'initech'], 'Only operators of the platform may do this.'],
      [['tenants', 'deletions'], 'Only operators of the platform may do this.'],
    ];
    for (const [command, expected] of refused) {
      expect([command, await run(admin, ...command)]).toEqual([
        command,
        { code: 1, output: '', errors: expect.stringContaining(expected) },
      ]);
    }
    expect((await json(admin, 'tenants', 'list'))['data']).toHaveLength(1);
  });
});

describe('the commands', () => {
  it('list the second factors of a user, and take one after a question', async () => {
    await run(operator, 'tenants', 'create', 'factored');
    const { id } = (await json(operator, 'users', 'create', 'factored', 'fay')) as { readonly id?: string };
    const reset = ['users', 'reset-factor', 'factored', 'fay', 'totp'];
    expect((await run(operator, 'users', 'factors', 'factored', 'fay')).output).toContain('has no second factor');
    expect(await run(operator, ...reset, '--yes')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('has no factor totp of user fay of tenant factored'),
    });
    const totp = 'INSERT INTO user_totp (tenant_id, user_id, secret, last_step) SELECT tenant_id, id, $2, 0 FROM users';
    await platform.database.query(`${totp} WHERE id = $1`, [id, Buffer.from('sealed')]);
    await platform.database.query(`UPDATE users SET second_factors = '{totp}' WHERE id = $1`, [id]);
    expect((await run(operator, 'users', 'factors', 'factored', 'fay')).output).toMatch(/^totp /m);
    expect(await run(operator, ...reset)).toMatchObject({ code: 2, errors: expect.stringContaining('Give --yes') });
    expect(await run(operator, ...reset, '--yes')).toMatchObject({ code: 0, errors: '' });
    expect((await json(operator, 'users', 'factors', 'factored', 'fay'))['data']).toEqual([]);
  });

  it('mark a suspended tenant where it is listed, and delete only that', async () => {
    await run(operator, 'tenants', 'create', 'doomed');
    const atOnce = ['tenants', 'delete', 'doomed', '--immediately', '--yes'];
    expect(await run(operator, ...atOnce)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Only a suspended tenant can be deleted'),
    });
    await run(operator, 'tenants', 'suspend', 'doomed');
    expect((await run(operator, 'tenants', 'list')).output).toMatch(/^doomed +doomed +suspended /m);
    expect(await run(operator, 'tenants', 'delete', 'doomed')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Give --yes to say that this is meant.'),
    });
    expect((await run(operator, ...atOnce)).code).toBe(0);
    expect((await run(operator, 'tenants', 'show', 'doomed')).code).toBe(1);
    const deletions = (await json(operator, 'tenants', 'deletions'))['data'] as unknown as {
      id: string;
      slug: string;
    }[];
    const { id = '' } = deletions.find(({ slug }) => slug === 'doomed') ?? {};
    expect((await run(operator, 'tenants', 'receipt', id)).output).toMatch(/ receipt +eyJ/);
  });

  it('schedule the deletion of a tenant, and withdraw it', async () => {
    await run(operator, 'tenants', 'create', 'leaving');
    const scheduled = await run(operator, 'tenants', 'delete', 'leaving', '--days', '7', '--yes');
    expect(scheduled.output).toContain('is suspended and will be gone at');
    expect((await run(operator, 'tenants', 'deletions')).output).toMatch(/ leaving +scheduled /m);
    expect((await run(operator, 'tenants', 'withdraw-deletion', 'leaving')).output).toContain('is kept');
    expect((await json(operator, 'tenants', 'show', 'leaving'))['status']).toBe('active');
    expect((await run(operator, 'tenants', 'withdraw-deletion', 'leaving')).code).toBe(1);
  });

  it('read all pages of a list, or as much as is asked for', async () => {
    const inPairs = new ManagementApi(platform.url, async () => platform.operator.token, 2);
    for (const client_id of ['c1', 'c2', 'c3', 'c4']) {
      await platform.operator.create('/tenants/hooli/clients', { client_id, grant_types: ['client_credentials'] });
    }
    expect((await json(inPairs, 'clients', 'list', 'hooli'))['data']).toHaveLength(5);
    expect((await json(inPairs, 'clients', 'list', 'hooli', '--limit', '3'))['data']).toHaveLength(3);
    expect((await json(inPairs, 'clients', 'list', 'hooli', '--limit', '9'))['data']).toHaveLength(5);
  });

  it('change the version that is there, or only the one that is named', async () => {
    const { output } = await run(operator, 'clients', 'show', 'hooli', 'c1');
    const [, etag = ''] = /etag +(\S+)/.exec(output) ?? [];
    expect((await run(operator, 'clients', 'update', 'hooli', 'c1', '--name', 'One', '--if-match', etag)).code).toBe(0);
    const stale = await run(operator, 'clients', 'update', 'hooli', 'c1', '--name', 'Two', '--if-match', etag);
    expect(stale).toMatchObject({ code: 1, errors: expect.stringContaining('Read it again') });
    expect((await run(operator, 'clients', 'update', 'hooli', 'c1', '--unset', 'client_name')).code).toBe(0);
    expect(await json(operator, 'clients', 'show', 'hooli', 'c1')).toMatchObject({ client_name: null });
  });

  it('make a change again that another one overtook', async () => {
    const writes = Array.from({ length: 3 }, (_, n) =>
      run(operator, 'tenants', 'policy', 'hooli', '--set', `password_min_length=${20 + n}`),
    );
    expect((await Promise.all(writes)).map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('show warnings of the platform beside the answer', async () => {
    const doubtful = new ManagementApi(platform.url, async () => platform.operator.token);
    doubtful.perform = async () => ({
      body: { client_id: 'x', warnings: ['a text', { pointer: '/scope', detail: 'no API has it' }] },
    });
    expect(await run(doubtful, 'clients', 'create', 'hooli', '--json')).toMatchObject({
      code: 0,
      errors: 'Warning: a text\nWarning: scope: no API has it\n',
    });
  });

  it.each([
    [['tenants', 'policy', 'hooli', '--set', 'no_such_thing=1'], 1, 'no_such_thing is not a known member'],
    [['tenants', 'policy', 'hooli', '--set', 'signing_alg=none'], 1, 'signing_alg'],
    [['tenants', 'policy', 'hooli', '--set', 'signing_alg'], 2, 'It must be a member and its value'],
    [['tenants', 'branding', 'hooli', '--logo', 'logo.svg'], 2, 'It must be a .png, .jpg or .webp file.'],
    [['clients', 'update', 'hooli', 'c1'], 2, 'Nothing to change was given'],
    [['clients', 'update', 'hooli', 'c1', '--first-party', 'maybe'], 2, 'It must be true or false.'],
    [['clients', 'show', 'hooli', 'nobody'], 1, '"npx tenantry clients list hooli" shows what there is'],
    [['clients', 'delete', 'hooli', 'nobody', '--yes'], 1, 'has no client nobody of tenant hooli'],
    [['users', 'show', 'hooli', 'nobody'], 1, 'has no user nobody of tenant hooli'],
    [['audit', 'list', 'hooli', '--since', 'yesterday'], 1, 'since must be a time such as'],
    [
      ['apis', 'create', 'hooli', 'https://a.example', '--scope', 'nameless'],
      2,
      'It must be a name and what people read',
    ],
    [['clients'], 2, 'Usage: tenantry clients'],
    [['clients', 'nonsense'], 2, "unknown command 'nonsense'"],
    [['clients', 'create'], 2, 'Add --help to see what there is.'],
  ])('%j: end with %i and a sentence', async (words, code, expected) => {
    expect(await run(operator, ...words)).toEqual({ code, output: '', errors: expect.stringContaining(expected) });
  });

  it('follow the log from a place on, and end after as many events as are wanted', async () => {
    const { page } = await operator
      .send('pullAuditEvents', { path: { tenant: 'hooli' }, query: { start: 'newest' } })
      .then(({ body }) => body);
    for (const name of ['one', 'two']) await run(operator, 'groups', 'create', 'hooli', name);
    const words = ['audit', 'tail', 'hooli', '--after', page.next, '--type', 'group.created'];
    const { output } = await run(operator, ...words, '--limit', '2', '--json');
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { details: object });
    expect(events.map(({ details }) => details)).toMatchObject([{ name: 'one' }, { name: 'two' }]);
    const pull = ['audit', 'pull', 'hooli', '--after', page.next, '--type', 'group.created'];
    const pulled = await json(operator, ...pull, '--limit', '1');
    expect(pulled).toMatchObject({ data: [{ details: { name: 'one' } }], page: { has_more: true } });
    expect((await run(operator, ...pull)).output).toMatch(
      /group\.created[^]*group\.created[^]*\nGo on with --after \S+\n$/,
    );
    expect((await run(operator, ...words, '--limit', '1')).output).toMatch(/^\S+Z {2}group\.created {2}success .*\n$/);
    expect(await run(operator, 'audit', 'tail', 'hooli', '--after', 'x')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('after is not a cursor of this log'),
    });
  });

  it('follow the log when the connection is lost, and say when something is missing or the access ended', async () => {
    const asked: unknown[] = [];
    const event = (id: string, target: string) => `id: ${id}\ndata: {"type":"a.b","target":"${target}"}\n\n`;
    const answers: (() => Response)[] = [
      () => new Response(`retry: 1\n\n: heartbeat\nid: c0\n\n${event('c1', 'one')}id: c2\ndata: {"ty`),
      () => new Response('event: end\ndata: {"reason":"token_expired"}\n\n'),
      () => {
        throw new RefusedError('3 events', 410, { next: 'c9' });
      },
      () => new Response(event('c10', 'a\\u001b[2J')),
      () => new Response('event: end\ndata: {"reason":"access_ended"}\n\n'),
    ];
    const lost = new ManagementApi(platform.url, async () => '');
    lost.stream = async (_, { query }) => {
      asked.push((query as { after?: string }).after);
      return (answers.shift() as () => Response)();
    };
    const { code, output, errors } = await run(lost, 'audit', 'tail', 'hooli');
    expect(asked).toEqual([undefined, 'c1', 'c1', 'c9', 'c10']);
    expect([code, output]).toEqual([1, 'a.b  one\na.b  a\ufffd[2J\n']);
    expect(errors).toContain('Some events are missing: 3 events');
    expect(errors).toContain('The access to the log of tenant hooli has ended');
  });

  it('show errors that a server wrote without what would act on a terminal', async () => {
    const hostile = new ManagementApi(platform.url, async () => {
      throw new CliError('invalid_request: a\u001b[2J\u202eb');
    });
    expect((await run(hostile, 'clients', 'list', 'hooli')).errors).toContain('a\ufffd[2J\ufffdb');
  });

  it('show text of others without what would act on a terminal', async () => {
    const hostile = new ManagementApi(platform.url, async () => '');
    hostile.listAny = async () => [{ client_id: 'x', client_name: 'a\u001b[2J\u202eb', enabled: true }];
    const { output } = await run(hostile, 'clients', 'list', 'hooli');
    expect(output).toContain('a\ufffd[2J\ufffdb');
    expect((await run(hostile, 'clients', 'list', 'hooli', '--json')).output).not.toMatch(/[\u001b\u202e]/);
  });
});
