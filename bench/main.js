import { parseArgs } from 'node:util';
import { startDatabase } from './database.js';
import { alternate } from './measure.js';
import { floorTable, tenantTable, workloadTable } from './report.js';
import { peerTarget, tenantryTarget } from './targets.js';
import { measureTenants } from './tenants.js';
import { WORKLOADS } from './workloads.js';

const CONCURRENCY = 16;
const PACE = { concurrency: CONCURRENCY, windows: 1 };
/**
 * Sign-ins wait for argon2id, so that more of them at once would only queue. And they are few: it takes longer until
 * the code that serves them is compiled, in every server, and until there are enough of them to compare.
 */
const SLOW_PACE = { concurrency: 8, windows: 3 };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    /** Ids of workloads, and `tenants`. */
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    tenants: { type: 'string', default: '1,100,10000' },
    'skip-tenants': { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

/** Compares the platform with `oidc-provider` on the same work in the same minutes; only the ratios mean something. */
export async function main() {
  const run = { rounds: values.quick ? 1 : Number(values.rounds), seconds: values.quick ? 1 : Number(values.seconds) };
  const only = values.only?.toUpperCase().split(',');
  const workloads = WORKLOADS.filter(({ id }) => !only || only.includes(id));
  const spreads = only ? only.includes('TENANTS') : !values['skip-tenants'];
  const database = await startDatabase();
  try {
    if (workloads.length > 0) await compare(database, workloads, run);
    if (spreads) await spread(database, run);
  } finally {
    await database.stop();
  }
}

async function compare(database, workloads, run) {
  const targets = [];
  try {
    const profile = values.profile;
    targets.push(await tenantryTarget(await database.create('tenantry'), { users: CONCURRENCY, profile }));
    targets.push(await peerTarget('oidc-provider, memory'));
    targets.push(await peerTarget('oidc-provider, pg', await database.create('peer')));
    const results = [];
    for (const workload of workloads) {
      process.stderr.write(`${workload.id} ${workload.name} ...\n`);
      const pace = workload.slow ? SLOW_PACE : PACE;
      const seconds = run.seconds * pace.windows;
      results.push({ workload, rows: await alternate(targets, workload, { ...run, ...pace, seconds }) });
    }
    process.stdout.write(`${workloadTable(results)}\n\n${floorTable(results)}\n\n`);
  } finally {
    for (const target of targets) await target.stop();
  }
}

async function spread(database, run) {
  const counts = values.tenants.split(',').map(Number);
  process.stderr.write(`Client credentials spread over ${counts.join(', ')} tenants ...\n`);
  const url = await database.create('many_tenants');
  const rows = await measureTenants(url, counts, { ...run, concurrency: CONCURRENCY });
  process.stdout.write(`${tenantTable(rows)}\n`);
}
