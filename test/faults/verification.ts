import { setTimeout as delay } from 'node:timers/promises';
import { basic, postForm } from '../support/http.js';
import { type TenantFixture, refresh } from '../support/tenant-fixture.js';
import type { FaultDatabase } from './fault-database.js';
import type { Issued, Ledger } from './ledger.js';

/** Audit events that were answered for may take this long until they are written. */
const AUDIT_LIMIT_MS = 10_000;
const AT_ONCE = 8;
/** Of what there is most of, so many are asked for, spread evenly. */
const SAMPLE = 800;

export interface Verification {
  /** Token requests that were answered and whose event is not recorded. */
  readonly lostEvents: readonly Issued[];
  readonly missing: readonly string[];
  readonly duplicates: readonly string[];
}

/** Looks in the database, and at the service, for everything that was answered as done. */
export async function verify(database: FaultDatabase, tenant: TenantFixture, ledger: Ledger): Promise<Verification> {
  const lostEvents = await findLostEvents(database, tenant, ledger);
  const missing = [
    ...ledger.missing,
    ...(await findMissingWrites(database, tenant, ledger)),
    ...(await findDeadTokens(tenant, ledger)),
  ];
  return { lostEvents, missing, duplicates: [...ledger.duplicates, ...(await findDuplicates(database, tenant))] };
}

async function findLostEvents(database: Bound, tenant: TenantFixture, ledger: Ledger): Promise<Issued[]> {
  const find = async () => {
    const rows = await database.query<{ address: string }>(
      `SELECT DISTINCT address FROM audit_events WHERE tenant_id = $1 AND type = 'token.issued'`,
      [tenant.id],
    );
    const recorded = new Set(rows.map(({ address }) => address));
    return [...ledger.issued].filter(([address]) => !recorded.has(address)).map(([, issued]) => issued);
  };
  const deadline = Date.now() + AUDIT_LIMIT_MS;
  for (;;) {
    const lost = await find();
    if (lost.length === 0 || Date.now() > deadline) return lost;
    await delay(200);
  }
}

async function findMissingWrites(database: Bound, tenant: TenantFixture, ledger: Ledger): Promise<string[]> {
  const made = await database.query<{ name: string; id: string }>(
    'SELECT client_name AS name, client_id AS id FROM clients WHERE tenant_id = $1',
    [tenant.id],
  );
  const recorded = await database.query<{ target: string }>(
    `SELECT target FROM audit_events WHERE tenant_id = $1 AND type = 'client.created'`,
    [tenant.id],
  );
  const targets = new Set(recorded.map(({ target }) => target));
  const ids = new Map(made.map(({ name, id }) => [name, id]));
  return ledger.writes.flatMap(({ name, id }) => {
    if (id === undefined) return [];
    if (ids.get(name) !== id) return ['a client that was created'];
    return targets.has(`client:${id}`) ? [] : ['the audit event of a client that was created'];
  });
}

/** Tokens that were handed out and are not active; what the load ended on purpose aside. */
async function findDeadTokens(tenant: TenantFixture, ledger: Ledger): Promise<string[]> {
  const kept = ledger.redemptions.filter(({ replayed }) => !replayed).map(({ refreshToken }) => refreshToken);
  const authorizationOf = (client: 'orders-api' | 'web') => ({ authorization: basic(client, tenant.secrets[client]) });
  const inactive = await mapSome(sample(ledger.opaqueTokens), async (token) => {
    const answer = await postForm(`${tenant.issuer}/introspect`, { token }, authorizationOf('orders-api'));
    return answer.status === 200 && answer.json()['active'] === true ? [] : [`an opaque token (${answer.status})`];
  });
  const dead = await mapSome(sample(kept), async (token) => {
    const form = { grant_type: 'refresh_token', refresh_token: token };
    const answer = await postForm(`${tenant.issuer}/token`, form, authorizationOf('web'));
    return answer.status === 200 ? [] : [`the refresh token of a code (${answer.status})`];
  });
  const sure = [...ledger.chains].filter(({ isSure }) => isSure);
  const broken = await mapSome(sure, async ({ token }) => {
    const answer = await refresh(tenant, token);
    return answer.status === 200 ? [] : [`a rotated refresh token (${answer.status})`];
  });
  return [...inactive, ...dead, ...broken].flat();
}

async function findDuplicates(database: Bound, tenant: TenantFixture): Promise<string[]> {
  const found = [];
  for (const [what, text] of Object.entries(TWICE)) {
    const rows = await database.query(text, [tenant.id]);
    if (rows.length > 0) found.push(`${rows.length} ${what}`);
  }
  return found;
}

const TWICE = {
  'codes with tokens twice': `SELECT grant_id FROM refresh_tokens WHERE tenant_id = $1 AND predecessor IS NULL
    GROUP BY grant_id HAVING count(*) > 1`,
  'refresh tokens with two successors': `SELECT predecessor FROM refresh_tokens
    WHERE tenant_id = $1 AND predecessor IS NOT NULL GROUP BY predecessor HAVING count(*) > 1`,
  'management writes that ran twice': `SELECT client_name FROM clients WHERE tenant_id = $1
    AND client_name LIKE 'load-%' GROUP BY client_name HAVING count(*) > 1`,
  'management writes recorded twice': `SELECT target FROM audit_events WHERE tenant_id = $1
    AND type = 'client.created' GROUP BY target HAVING count(*) > 1`,
  'token requests recorded twice': `SELECT address FROM audit_events WHERE tenant_id = $1 AND type = 'token.issued'
    AND address LIKE '10.%' GROUP BY address HAVING count(*) > 1`,
};

type Bound = Pick<FaultDatabase, 'query'>;

function sample<Value>(values: readonly Value[]): Value[] {
  const step = Math.max(1, values.length / SAMPLE);
  return Array.from({ length: Math.min(values.length, SAMPLE) }, (_, index) => values[Math.floor(index * step)]).filter(
    (value) => value !== undefined,
  );
}

async function mapSome<Value, Result>(values: readonly Value[], work: (value: Value) => Promise<Result>) {
  const results: Result[] = [];
  for (let start = 0; start < values.length; start += AT_ONCE) {
    results.push(...(await Promise.all(values.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}
