import { expect } from '@jest/globals';
import type { TenantFixture } from '../support/tenant-fixture.js';
import type { ManagementClient } from '../support/management-client.js';
import { type FaultDatabase, FaultServer } from './fault-database.js';
import { FaultPlatform, signIn } from './fault-platform.js';
import { type FaultRow, report } from './fault-row.js';
import { Lateness } from './lateness.js';
import { Load } from './load.js';
import type { Outcome } from './load-client.js';
import { type Verification, verify } from './verification.js';

/** Service within this time after the database is back. */
const OUTAGE_LIMIT_MS = 5000;
/** Of one process; at rest it takes about half. */
const MEMORY_LIMIT_MB = 320;
/** `-- --workers 12` plays what does not need a number of its own with so many. */
const DEFAULT_WORKERS = Number(process.env['FAULT_WORKERS'] ?? 2);
const WARM_UP_REQUESTS = 150;
/** Events of tokens that need no statement may wait so long to be written, and as much longer as this machine is late. */
const UNWRITTEN_MS = 100;

export interface ScenarioOptions<Database extends FaultDatabase> {
  readonly workers?: number;
  readonly clients?: number;
  /** Of the platform. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly database?: () => Promise<Database>;
  /** Ways to fail that the fault itself brings about: a connection to a process that was killed. */
  readonly tolerates?: readonly NonNullable<Outcome['failure']>[];
  /** `false`: nothing was broken that has to come back. */
  readonly measuresOutage?: boolean;
  readonly outageLimitMs?: number;
  /** When processes were killed: tokens that need no statement and were answered right before may lack their events. */
  readonly killedAt?: () => number;
  /** When the database went that stayed away until the kill: what was answered right before and after may lack its events. */
  readonly databaseWentAt?: () => readonly [earliest: number, latest: number];
}

/** The parts of a scenario while its fault is played. */
export interface Stage<Database extends FaultDatabase = FaultServer> {
  readonly database: Database;
  readonly platform: FaultPlatform;
  readonly operator: ManagementClient;
  readonly tenant: TenantFixture;
  readonly load: Load;
  /** The fault is over: from now on the outage counts. */
  readonly recovered: () => void;
  readonly problem: (text: string) => void;
}

/**
 * Puts load on a platform, plays a fault, waits until the service is whole again, and looks whether everything that was
 * answered is there, nothing happened twice, and no process ended.
 */
export async function play<Database extends FaultDatabase = FaultServer>(
  scenario: string,
  options: ScenarioOptions<Database>,
  fault: (stage: Stage<Database>) => Promise<void>,
): Promise<void> {
  const { workers = DEFAULT_WORKERS, clients = 12, settings = {} } = options;
  const problems: string[] = [];
  const start = options.database ?? (() => FaultServer.start() as Promise<unknown> as Promise<Database>);
  const database = await start();
  const lateness = new Lateness();
  let platform: FaultPlatform | undefined;
  let load: Load | undefined;
  let found: Verification | undefined;
  try {
    platform = await FaultPlatform.start(database, workers, settings);
    const tenant = await platform.createTenant('load');
    const operator = await platform.login();
    const bearer = { authorization: `Bearer ${operator.token}` };
    load = new Load({ origin: platform.url, tenant, cookie: await signIn(tenant), bearer }, clients, 1);
    const { tally, ledger } = load;
    load.start();
    await load.flow(WARM_UP_REQUESTS);
    await fault({
      database,
      platform,
      operator,
      tenant,
      load,
      recovered: () => tally.recovered(),
      problem: (text) => problems.push(text),
    });
    await load.settle();
    await load.stop();
    found = await verify(database, tenant, ledger);
    problems.push(...judge(options, load, found, platform, lateness));
  } catch (error) {
    problems.push((error as Error).message);
  } finally {
    lateness.stop();
    await load?.stop();
    await platform?.stop().then(({ code }) => code === 0 || problems.push(`it stopped with code ${code}`));
    await database.close();
  }
  const row = rowOf(scenario, workers, { load, found, platform, options, problems });
  report(row);
  expect(row.problems).toEqual([]);
}

function judge<Database extends FaultDatabase>(
  { tolerates = [], measuresOutage = true, outageLimitMs = OUTAGE_LIMIT_MS, ...moments }: ScenarioOptions<Database>,
  { tally }: Load,
  { lostEvents, missing, duplicates }: Verification,
  { watch, process }: FaultPlatform,
  lateness: Lateness,
): string[] {
  const killed = moments.killedAt?.() ?? Infinity;
  const [earliest, latest] = moments.databaseWentAt?.() ?? [killed, killed - UNWRITTEN_MS];
  // Twice: the event is written late, and the answer is read late.
  const slackMs = 2 * lateness.largestMs;
  const from = earliest - UNWRITTEN_MS - slackMs;
  const until = Math.min(killed, latest + UNWRITTEN_MS) + slackMs;
  const tooMany = lostEvents.filter(({ at, grant }) => grant !== 'token' || at < from || at > until);
  const ages = tooMany.map(({ at }) => Math.round(killed - at)).filter(Number.isFinite);
  // A client repeats by itself what it sent on a kept connection that was just closed.
  const tolerated = new Set<string>(['stale', '409 management write', ...tolerates]);
  const strange = [...tally.others].filter(([kind]) => !tolerated.has(kind));
  return [
    ...strange.map(([kind, met]) => `${met.length} times ${kind} (${[...new Set(met)].join(', ')})`),
    ...[...tally.abrupt].map((operation) => `503 without Retry-After (${operation})`),
    ...(measuresOutage && tally.outageMs > outageLimitMs ? [`back after ${tally.outageMs} ms`] : []),
    ...(tooMany.length > 0 ? [`${tooMany.length} audit events lost ${ages.join(', ')}`.trim()] : []),
    ...counted(missing).map((what) => `missing: ${what}`),
    ...duplicates.map((what) => `twice: ${what}`),
    ...(watch.ended.length > 0 ? [`${watch.ended.length} processes ended: ${process.errors.slice(-600)}`] : []),
    ...(watch.largestMb > MEMORY_LIMIT_MB ? [`${watch.largestMb} MB in one process`] : []),
  ];
}

function rowOf<Database extends FaultDatabase>(
  scenario: string,
  workers: number,
  parts: {
    readonly load: Load | undefined;
    readonly found: Verification | undefined;
    readonly platform: FaultPlatform | undefined;
    readonly options: ScenarioOptions<Database>;
    readonly problems: readonly string[];
  },
): FaultRow {
  const { load, found, platform, options, problems } = parts;
  return {
    scenario,
    workers,
    requests: load?.tally.requests ?? 0,
    good: load?.tally.good ?? 0,
    unavailable: load?.tally.unavailable ?? 0,
    other: load?.tally.other ?? 0,
    outageMs: options.measuresOutage === false ? undefined : load?.tally.outageMs,
    lostEvents: found?.lostEvents.length ?? 0,
    duplicates: found?.duplicates.length ?? 0,
    largestMb: platform?.watch.largestMb ?? 0,
    problems,
  };
}

/** `3 x what` for what is listed three times. */
function counted(items: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([item, count]) => `${count} x ${item}`);
}
