import { setTimeout as delay } from 'node:timers/promises';
import { basic, connect, expectJson, FORM_TYPE, form } from './http.js';
import { measure, medians } from './measure.js';
import { residentMegabytes } from './processes.js';
import { createMachineTenant, operatorOf, startTenantry } from './targets.js';

const PARALLEL_CREATIONS = 16;
const WARM_UP = 20_000;
/** Requests: a second or two of work, so that the windows of one turn meet the same machine. */
const WINDOW = 5_000;
const TURNS = 7;
/** Until the process that was measured before has written its audit events and its log. */
const SETTLE_MS = 500;

/**
 * Client credentials → JWT, spread over more and more tenants: a process for each number of them, on one database, in
 * windows that take turns. Each round has new processes, so that none decides by being luckier than the others.
 * @returns for each number the medians, and those of the ratios to the first number in the same turn
 */
export async function measureTenants(databaseUrl, counts, { rounds, concurrency }) {
  const secrets = await createTenants(databaseUrl, Math.max(...counts));
  const turns = [];
  for (let round = 0; round < rounds; round += 1) {
    turns.push(...(await measureRound(databaseUrl, secrets, counts, concurrency)));
  }
  return counts.map((count, index) => ({
    count,
    ...medians(turns.map((results) => results[index])),
    toFirst: medians(turns.map((results) => ratios(results[index], results[0]))),
  }));
}

/** @returns of each turn the results in the order of `counts`; after a turn, all processes have served as much */
async function measureRound(databaseUrl, secrets, counts, concurrency) {
  const subjects = [];
  try {
    for (const count of counts) subjects.push(await startSubject(databaseUrl, secrets.slice(0, count), concurrency));
    // Every tenant at least once: what follows is warm for all.
    for (const subject of subjects) await run(subject, Math.max(WARM_UP, secrets.length));
    const turns = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const results = [];
      for (const subject of subjects) {
        await delay(SETTLE_MS);
        results.push(await run(subject, WINDOW));
      }
      turns.push(results);
    }
    return turns;
  } finally {
    for (const { stop } of subjects) await stop();
  }
}

async function createTenants(databaseUrl, count) {
  const server = await startTenantry(databaseUrl);
  try {
    const operators = await Promise.all(Array.from({ length: PARALLEL_CREATIONS }, () => operatorOf(server)));
    const secrets = [];
    let next = 0;
    await Promise.all(
      operators.map(async (operator) => {
        while (next < count) {
          const index = next++;
          secrets[index] = await createMachineTenant(operator, slugOf(index));
        }
        await operator.close();
      }),
    );
    return secrets;
  } finally {
    await server.stop();
  }
}

/** A process, and requests that go from tenant to tenant. */
async function startSubject(databaseUrl, secrets, concurrency) {
  const server = await startTenantry(databaseUrl);
  const connection = connect(server.origin, concurrency);
  const body = form({ grant_type: 'client_credentials', scope: 'orders:read' });
  const requests = secrets.map((secret, index) => ({
    path: `/t/${slugOf(index)}/token`,
    request: { headers: { ...FORM_TYPE, authorization: basic('machine', secret) }, body },
  }));
  let turn = 0;
  const operation = async () => {
    const { path, request } = requests[turn++ % requests.length];
    expectJson(await connection.request('POST', path, request), path);
  };
  return {
    server,
    operations: Array.from({ length: concurrency }, () => operation),
    stop: async () => {
      await connection.close();
      await server.stop();
    },
  };
}

async function run({ server, operations }, count) {
  const result = await measure(server, operations, { count });
  return { ...result, megabytes: residentMegabytes(server.pid) };
}

function ratios(result, first) {
  return { cpuMs: result.cpuMs / first.cpuMs, rate: result.rate / first.rate };
}

function slugOf(index) {
  return `tenant-${index}`;
}
