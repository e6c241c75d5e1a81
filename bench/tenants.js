import { basic, connect, expectJson, FORM_TYPE, form } from './http.js';
import { measure, medians } from './measure.js';
import { residentMegabytes } from './processes.js';
import { createMachineTenant, operatorOf, startTenantry } from './targets.js';

const PARALLEL_CREATIONS = 16;

/** Client credentials → JWT, spread over more and more tenants; a fresh process for each number of them. */
export async function measureTenants(databaseUrl, counts, { rounds, seconds, concurrency }) {
  const secrets = [];
  const rows = [];
  for (const count of counts) {
    const server = await startTenantry(databaseUrl);
    try {
      await createTenants(server, secrets, count);
    } finally {
      await server.stop();
    }
    rows.push(await measureCount(databaseUrl, secrets.slice(0, count), { rounds, seconds, concurrency }));
  }
  return rows;
}

async function createTenants(server, secrets, count) {
  const operators = await Promise.all(Array.from({ length: PARALLEL_CREATIONS }, () => operatorOf(server)));
  let next = secrets.length;
  await Promise.all(
    operators.map(async (operator) => {
      while (next < count) {
        const index = next++;
        secrets[index] = await createMachineTenant(operator, slugOf(index));
      }
      await operator.close();
    }),
  );
}

async function measureCount(databaseUrl, secrets, { rounds, seconds, concurrency }) {
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
  try {
    const operations = Array.from({ length: concurrency }, () => operation);
    // The same number of requests for every count, and every tenant at least once: what follows is warm for all.
    const warmUp = Math.max(20_000, requests.length);
    await Promise.all(
      operations.map(async () => {
        for (let done = 0; done < warmUp / concurrency + 1; done += 1) await operation();
      }),
    );
    const results = [];
    for (let round = 0; round < rounds; round += 1) results.push(await measure(server, operations, seconds));
    return { count: secrets.length, ...medians(results), megabytes: residentMegabytes(server.pid) };
  } finally {
    await connection.close();
    await server.stop();
  }
}

function slugOf(index) {
  return `tenant-${index}`;
}
