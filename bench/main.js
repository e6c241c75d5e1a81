import { parseArgs } from 'node:util';
import { startDatabase } from './database.js';
import { measureLimits } from './limits.js';
import { alternate } from './measure.js';
import { findNode } from './other-node.js';
import { factorLine, floorTable, limitTable, tenantTable, workloadTable } from './report.js';
import { factorViews } from './second-factor.js';
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

const QUICK = { rounds: 1, seconds: 0.5, quick: true, tenants: '1,100,1000' };
const ALL_TENANTS = '1,100,10000,100000';
/** Beside the one that runs this, where it is installed. */
const OTHER_NODE = 24;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    /** Ids of workloads, `tenants` and `limits`: `A,G,tenants`. */
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    /** The last number is also measured with all traffic at 100 of its tenants. */
    tenants: { type: 'string' },
    'skip-tenants': { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

/** Compares the platform with `oidc-provider` on the same work in the same minutes; only the ratios mean something. */
export async function main() {
  const run = values.quick ? QUICK : { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const only = values.only?.toUpperCase().split(',');
  const workloads = WORKLOADS.filter(({ id }) => !only || only.includes(id));
  const spreads = only ? only.includes('TENANTS') : !values['skip-tenants'];
  const database = await startDatabase();
  try {
    if (workloads.length > 0) await compare(database, workloads, run);
    if (spreads) await spread(database, run);
    if (only?.includes('LIMITS')) await limit(database, run);
  } finally {
    await database.stop();
  }
}

async function compare(database, workloads, run) {
  const targets = [];
  try {
    const node = findNode(OTHER_NODE);
    const options = { users: CONCURRENCY, profile: values.profile };
    const url = await database.create('tenantry');
    const platform = await tenantryTarget(url, options);
    targets.push(platform);
    if (node) {
      const name = `Tenantry, Node ${OTHER_NODE}`;
      targets.push(await tenantryTarget(await database.create('other_node'), { users: CONCURRENCY, name, node }));
    }
    targets.push(await peerTarget('oidc-provider, memory'));
    targets.push(await peerTarget('oidc-provider, pg', await database.create('peer')));
    const results = [];
    const ownResults = [];
    for (const workload of workloads) {
      process.stderr.write(`${workload.id} ${workload.name} ...\n`);
      const pace = workload.slow ? SLOW_PACE : PACE;
      const options = { ...run, ...pace, seconds: run.seconds * pace.windows };
      if (workload.ownViews) {
        const { views, stop } = factorViews(platform, database.superuserUrl(url));
        ownResults.push({ workload, rows: await alternate(views, workload, options).finally(stop) });
      } else {
        results.push({ workload, rows: await alternate(targets, workload, options) });
      }
    }
    process.stdout.write(`Node ${process.versions.node}; Node ${OTHER_NODE}: ${node ?? 'not installed'}.\n\n`);
    process.stdout.write(`${workloadTable([...results, ...ownResults])}\n\n`);
    if (results.length > 0) process.stdout.write(`${floorTable(results)}\n\n`);
    for (const { rows } of ownResults) process.stdout.write(`${factorLine(rows)}\n\n`);
  } finally {
    for (const target of targets) await target.stop();
  }
}

async function limit(database, run) {
  process.stderr.write('A tenant at a hundred times its limit, and another one ...\n');
  const result = await measureLimits(await database.create('limits'), run);
  process.stdout.write(`${limitTable(result)}\n`);
}

async function spread(database, run) {
  const counts = (values.tenants ?? (values.quick ? QUICK.tenants : ALL_TENANTS)).split(',').map(Number);
  process.stderr.write(`Client credentials spread over ${counts.join(', ')} tenants ...\n`);
  const url = await database.create('many_tenants');
  const options = { ...run, concurrency: CONCURRENCY, superuserUrl: database.superuserUrl(url) };
  const rows = await measureTenants(url, counts, options);
  process.stdout.write(`${tenantTable(rows)}\n`);
}
