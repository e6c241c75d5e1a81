import { setTimeout as delay } from 'node:timers/promises';
import { basic, connect, expectJson, FORM_TYPE, form } from './http.js';
import { measure, medians } from './measure.js';
import { residentMegabytes } from './processes.js';
import { seedTenants } from './seed-tenants.js';
import { createMachineTenant, MASTER_KEY, operatorOf, startTenantry } from './targets.js';

/**
 * Requests before anything is measured, so that the code is compiled; requests in a window, a second or two of work, so
 * that the windows of one turn meet the same machine; and turns.
 */
const THOROUGH = { warmUp: 20_000, window: 5_000, turns: 7 };
const QUICK = { warmUp: 2_000, window: 1_000, turns: 3 };
/** Until the process that was measured before has written its audit events and its log. */
const SETTLE_MS = 500;
/** How many of the most tenants get all requests in the last row. */
const HOT = 100;

/**
 * Client credentials → JWT, spread over more and more tenants: a process for each number of them, on one database, in
 * windows that take turns. Each round has new processes, so that none decides by being luckier than the others. The
 * process with the most tenants also serves a few of them alone, after all were in use.
 * @returns for each row the medians, and those of the ratios to the first row in the same turn
 */
export async function measureTenants(databaseUrl, counts, { rounds, quick, concurrency, superuserUrl }) {
  const pace = { ...(quick ? QUICK : THOROUGH), concurrency };
  const most = Math.max(...counts);
  const secret = await createTenants(databaseUrl, superuserUrl, most);
  const turns = [];
  for (let round = 0; round < rounds; round += 1) {
    turns.push(...(await measureRound(databaseUrl, secret, counts, pace)));
  }
  const names = [...counts.map(String), ...(most > HOT ? [`${most}, ${HOT} of them asked`] : [])];
  return names.map((name, index) => ({
    name,
    ...medians(turns.map((results) => results[index])),
    toFirst: medians(turns.map((results) => ratios(results[index], results[0]))),
  }));
}

/** @returns of each turn the results in the order of `counts`, then that of the hot tenants */
async function measureRound(databaseUrl, secret, counts, { warmUp, window, turns: number, concurrency }) {
  const subjects = [];
  try {
    for (const count of counts) subjects.push(await startSubject(databaseUrl, secret, count, concurrency));
    // Every tenant at least once, and the code compiled: what follows is warm for all.
    for (const subject of subjects) await run(subject, Math.max(warmUp, subject.count));
    const turns = [];
    for (let turn = 0; turn < number; turn += 1) {
      const results = [];
      for (const subject of subjects) {
        await delay(SETTLE_MS);
        results.push(await run(subject, window));
      }
      const largest = subjects.at(-1);
      if (largest.count > HOT) {
        await run(largest, HOT, HOT);
        results.push(await run(largest, window, HOT));
      }
      turns.push(results);
    }
    return turns;
  } finally {
    for (const { stop } of subjects) await stop();
  }
}

/** @returns the secret that their clients have in common */
async function createTenants(databaseUrl, superuserUrl, count) {
  const server = await startTenantry(databaseUrl);
  try {
    const operator = await operatorOf(server);
    const secret = await createMachineTenant(operator, slugOf(0));
    await operator.close();
    await seedTenants(superuserUrl, { model: slugOf(0), slugOf, count, masterKey: MASTER_KEY });
    return secret;
  } finally {
    await server.stop();
  }
}

/** A process, and requests that go from tenant to tenant. */
async function startSubject(databaseUrl, secret, count, concurrency) {
  const server = await startTenantry(databaseUrl);
  const connection = connect(server.origin, concurrency);
  const body = form({ grant_type: 'client_credentials', scope: 'orders:read' });
  const request = { headers: { ...FORM_TYPE, authorization: basic('machine', secret) }, body };
  let turn = 0;
  return {
    server,
    count,
    operationsOver: (tenants) =>
      Array.from({ length: concurrency }, () => async () => {
        const path = `/t/${slugOf(turn++ % tenants)}/token`;
        expectJson(await connection.request('POST', path, request), path);
      }),
    stop: async () => {
      await connection.close();
      await server.stop();
    },
  };
}

async function run({ server, count, operationsOver }, requests, tenants = count) {
  const result = await measure(server, operationsOver(tenants), { count: requests });
  return { ...result, megabytes: residentMegabytes(server.pid) };
}

function ratios(result, first) {
  return { cpuMs: result.cpuMs / first.cpuMs, rate: result.rate / first.rate };
}

function slugOf(index) {
  return `tenant-${index}`;
}
