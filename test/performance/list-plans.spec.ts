import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { givenPlatform, givenTenant } from '../support/given.js';
import { fillChain, fillLists } from './listed-rows.js';
import { type SentStatement, recordStatements } from './sent-statements.js';

/** Lists of what is in one row, or of a few rows that a limit of their own keeps few. */
const SHORT: Readonly<Record<string, string>> = {
  listRoles: 'a hundred roles at most',
  listUserAttributes: 'in the row of the tenant',
  listTexts: 'in the row of the tenant',
  pullAuditEvents: 'by the key of the chain, see below',
  streamAuditEvents: 'by the key of the chain, see below',
};

/** Further queries of lists, each of which has an index of its own. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  listUsers: [
    ...['username', '-username', 'email', '-email', 'name', '-name', 'created_at', '-created_at'].map(
      (sort) => `sort=${sort}`,
    ),
    ...['user', 'user-12', 'MAIL7', 'ann1', 'smith9', '0191b0a0', '0191b0a0-0000-7000-8000-0000000000'].map(
      (text) => `search=${text}`,
    ),
    'identifier=user-77',
    'enabled=false',
    'role=auditor',
    'created_since=2026-01-01T01:00:00Z&created_until=2026-01-01T01:10:00Z',
    'search=user&enabled=false',
    'sort=name&email_verified=true&role=auditor',
  ],
  listTenants: [
    ...['slug', '-slug', 'display_name', '-display_name', '-created_at'].map((sort) => `sort=${sort}`),
    ...['tenant-12', 'company%2077', 'login-9', '0191b0a0'].map((text) => `search=${text}`),
    'status=suspended',
    'created_since=2026-01-01T01:00:00Z&created_until=2026-01-01T01:10:00Z',
  ],
  listClients: ['sort=name', 'sort=-client_id', 'search=client-12', 'search=application%2099', 'enabled=false'],
  listApis: ['sort=identifier', 'sort=-display_name', 'search=https%3A%2F%2Fapi-12', 'search=api%2077'],
  listGroups: ['sort=name', 'search=group-12', 'name=Group-77'],
  listInvitations: ['sort=email', 'search=invited', 'status=pending'],
};

const platform = givenPlatform();
givenTenant(platform, 'acme');
givenTenant(platform, 'globex');
let sent: ReturnType<typeof recordStatements>;
let reader: Client | undefined;
let paths: Readonly<Record<string, string>>;

beforeAll(async () => {
  // Not sooner: suites before it in the same process end what they record.
  sent = recordStatements();
  const found = await platform.operator.get<{ paths: Record<string, { get?: Listed }> }>('/openapi.json');
  const lists = Object.entries(found.paths).filter(([, { get }]) => get?.parameters?.some(isCursor));
  paths = Object.fromEntries(lists.map(([path, { get }]) => [get?.operationId ?? '', path.replace('/api/v1', '')]));
  await fillLists(platform.database, [await idOf('acme'), await idOf('globex')]);
  const client = new Client({ connectionString: platform.database.url });
  reader = client;
  client.on('error', () => undefined); // the database goes first
  await client.connect();
  await client.query('SET ROLE tenantry_app');
  await client.query("SELECT set_config('app.tenant_id', $1, false)", [await idOf('acme')]);
});
afterAll(async () => {
  sent.restore();
  await reader?.end().catch(() => undefined);
});

interface Listed {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in?: string }[];
}
interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Sort Key'?: readonly string[];
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const connected = () => {
  if (!reader) throw new Error('There is no connection yet.');
  return reader;
};
const isCursor = ({ name }: { readonly name: string }) => name === 'after';
const idOf = async (slug: string) => (await platform.operator.get<{ id: string }>(`/tenants/${slug}`)).id;

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** As the serving role sees it, with the rows that were met. */
async function explain({ text, values }: SentStatement): Promise<Plan[]> {
  const { rows } = await connected().query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
    [...values],
  );
  return nodesOf((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan);
}

/** Of requests; what the process does by itself meanwhile is no part of them. */
const isPage = ({ text }: SentStatement) =>
  /^\s*(SELECT|WITH)/.test(text) &&
  /ORDER BY/.test(text) &&
  /LIMIT/.test(text) &&
  !/audit_links|signing_keys/.test(text);

/** What the list sends to find the rows of its page, and how each is read. */
async function plansOf(path: string): Promise<{ text: string; nodes: Plan[] }[]> {
  sent.take();
  const answer = await platform.operator.request('GET', path);
  const pages = sent.take().filter(isPage);
  expect([path, answer.status, pages.length > 0]).toEqual([path, 200, true]);
  return Promise.all(pages.map(async (statement) => ({ text: statement.text, nodes: await explain(statement) })));
}

function expectIndexed(text: string, nodes: readonly Plan[]): void {
  const shown = JSON.stringify(
    nodes.map((node) => ({ ...node, Plans: undefined })),
    null,
    1,
  );
  const show = (found: readonly Plan[]) => (found.length === 0 ? '' : `${text}\n${shown}`);
  expect(show(nodes.filter((node) => node['Node Type'] === 'Seq Scan'))).toBe('');
  expect(show(nodes.filter((node) => (node['Rows Removed by Filter'] ?? 0) > 2000))).toBe('');
  expect(show(nodes.filter((node) => (node['Actual Rows'] ?? 0) > 2000))).toBe('');
}

const pathOf = (operation: string) => {
  const path = paths[operation];
  if (path === undefined) throw new Error(`The document has no list ${operation}.`);
  return path.replace('{tenant}', 'acme');
};

describe('Every list of the document', () => {
  it('has an index, also where the tests have no rows', async () => {
    const { id: groupId } = await platform.operator.create<{ id: string }>('/tenants/acme/groups', { name: 'staff' });
    const webhook = { url: 'https://hooks.example/', event_types: [] };
    const { id: webhookId } = await platform.operator.create<{ id: string }>('/tenants/acme/webhooks', webhook);
    const { data } = await platform.operator.get<{ data: { id: string }[] }>('/tenants/acme/apis?limit=1');
    const role = { api_id: data[0]?.id, name: 'reader', scopes: [] };
    const { id: roleId } = await platform.operator.create<{ id: string }>('/tenants/acme/api-roles', role);
    const ids: Readonly<Record<string, string>> = { group_id: groupId, webhook_id: webhookId, api_role_id: roleId };
    await connected().query('SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off');
    const faults: string[] = [];
    for (const [list, path] of Object.entries(paths)) {
      if (list in SHORT || list.startsWith('export')) continue;
      const named = path.replace('{tenant}', 'acme').replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? name);
      sent.take();
      const answer = await platform.operator.request('GET', named);
      const pages = sent.take().filter(isPage);
      if (answer.status !== 200 || pages.length === 0) faults.push(`${list} ${named} ${answer.status} ${pages.length}`);
      for (const page of pages) {
        const bad = (await explain(page)).filter((node) => /^(Seq Scan|Sort)$/.test(node['Node Type']));
        if (bad.length > 0)
          faults.push(`${list}: ${JSON.stringify(bad.map(({ Plans: _, ...node }) => node))} ${page.text}`);
      }
    }
    await connected().query('RESET enable_seqscan; RESET enable_sort; RESET enable_bitmapscan');
    expect(faults).toEqual([]);
    expect(Object.keys(SHORT).filter((list) => !(list in paths))).toEqual([]);
  });
});

describe('Plans of lists with 20,000 rows', () => {
  it.each(Object.entries(QUERIES).flatMap(([list, queries]) => ['', ...queries].map((query) => [list, query])))(
    '%s %s reads an index, and so does its second page',
    async (list = '', query = '') => {
      const path = `${pathOf(list)}?limit=5${query && `&${query}`}`;
      for (const { text, nodes } of await plansOf(path)) expectIndexed(text, nodes);
      const { page } = await platform.operator.get<{ page: { next: string | null } }>(path);
      if (page.next === null) return;
      for (const { text, nodes } of await plansOf(`${path}&after=${encodeURIComponent(page.next)}`))
        expectIndexed(text, nodes);
    },
  );
});

describe('Plans of following a log with 20,000 events', () => {
  /** Places of the chain that one read looks at. */
  const SPAN = 2000;
  const isFeed = ({ text }: SentStatement) => /^\s*WITH chain AS/.test(text);
  const events = '/tenants/acme/audit-events';

  async function expectByKey(read: () => Promise<unknown>): Promise<void> {
    sent.take();
    await read();
    const reads = sent.take().filter(isFeed);
    expect(reads.length).toBeGreaterThan(0);
    for (const statement of reads) {
      const nodes = await explain(statement);
      // Partitions of other months are empty, and not looked at.
      const scans = nodes.filter((node) => node['Relation Name'] !== undefined && node['Actual Loops'] !== 0);
      // The chain of the tenant is one row, so the planner may do as it likes with so small a table.
      const ofRows = scans.filter((node) => node['Relation Name'] !== 'audit_chains');
      expect(ofRows.filter((node) => !/^(Index|Bitmap)/.test(node['Node Type']))).toEqual([]);
      expect(ofRows.filter((node) => /^audit_links/.test(node['Relation Name'] ?? '')).length).toBeGreaterThan(0);
      expect(ofRows.every((node) => node['Index Cond'] !== undefined)).toBe(true);
      expect(Math.max(...nodes.map((node) => node['Actual Rows'] ?? 0))).toBeLessThanOrEqual(SPAN + 1);
      expect(Math.max(...scans.map((node) => node['Rows Removed by Filter'] ?? 0))).toBeLessThanOrEqual(SPAN);
    }
  }

  it('read the places by their key, and each event by its own, whatever is asked for', async () => {
    await fillChain(platform.database, await idOf('acme'));
    let next = '';
    for (const filter of ['', '&type=user.signed_in', '&client_id=nobody']) {
      await expectByKey(async () => {
        const page = await platform.operator.get<{ page: { next: string } }>(`${events}/pull?limit=5${filter}`);
        next = page.page.next;
      });
      await expectByKey(() => platform.operator.get(`${events}/pull?limit=5${filter}&after=${next}`));
    }
    await expectByKey(async () => {
      const end = new AbortController();
      const { body, status } = await fetch(`${platform.url}/api/v1${events}/stream?after=${next}&outcome=success`, {
        headers: { authorization: `Bearer ${platform.operator.token}` },
        signal: end.signal,
      });
      expect(status).toBe(200);
      let read = '';
      for await (const part of body ?? []) {
        read += Buffer.from(part as Uint8Array).toString();
        if (/^data: /m.test(read)) break;
      }
      end.abort();
    });
  });
});
