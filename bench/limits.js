import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expectJson } from './http.js';
import { medians } from './measure.js';
import { paced, tokenRequests } from './paced.js';
import { processorSeconds } from './processes.js';
import { createMachineTenant, operatorOf, startTenantry } from './targets.js';

/** Token requests a second that the noisy tenant may make, and how many times as many it makes. */
const LIMIT = 5;
const TIMES = 100;
/** The other tenant asks so often a second, whatever the answers take. */
const PACE = 100;
const WARM_UP = 2000;
/** Turns of a round. */
const TURNS = 3;

/**
 * What another tenant notices of one at a hundred times its limit: windows without and with its requests take turns.
 * @returns the latencies of the quiet tenant without and with it, and the ratios of each turn
 */
export async function measureLimits(databaseUrl, { rounds, seconds }) {
  const server = await startTenantry(databaseUrl);
  try {
    const operator = await operatorOf(server);
    const quiet = tokenRequests(server.origin, 'quiet', await createMachineTenant(operator, 'quiet'));
    const secret = await createMachineTenant(operator, 'noisy');
    await operator.change('/tenants/noisy/quotas', { token_requests: { limit: LIMIT, per: 'second' } });
    await operator.close();
    const workerData = { origin: server.origin, slug: 'noisy', secret, perSecond: LIMIT * TIMES };
    const noisy = new Worker(new URL('flood.js', import.meta.url), { workerData });
    for (let index = 0; index < WARM_UP; index += 1) expectJson(await quiet.ask(), 'The quiet tenant');
    await observe(server, quiet, seconds, noisy);
    const turns = [];
    for (let turn = 0; turn < rounds * TURNS; turn += 1) {
      turns.push([await observe(server, quiet, seconds), await observe(server, quiet, seconds, noisy)]);
    }
    noisy.postMessage(undefined);
    await once(noisy, 'exit');
    await quiet.close();
    const ratios = turns.map(([without, disturbed]) => ({
      p50: disturbed.p50 / without.p50,
      p95: disturbed.p95 / without.p95,
    }));
    return {
      without: medians(turns.map(([without]) => without)),
      with: medians(turns.map(([, disturbed]) => disturbed)),
      ratios: medians(ratios),
    };
  } finally {
    await server.stop();
  }
}

async function observe(server, quiet, seconds, noisy) {
  const latencies = [];
  const ask = async () => {
    const began = performance.now();
    expectJson(await quiet.ask(), 'The quiet tenant');
    latencies.push(performance.now() - began);
  };
  const cpuBefore = processorSeconds(server.pid);
  noisy?.postMessage(seconds);
  const [[statuses]] = await Promise.all([noisy ? once(noisy, 'message') : [{}], paced(ask, PACE, seconds)]);
  const cpu = processorSeconds(server.pid);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return {
    p50: at(0.5),
    p95: at(0.95),
    cpuMs: cpu === undefined ? undefined : (cpu - cpuBefore) * 1000,
    refused: statuses[429] ?? 0,
    served: statuses[200] ?? 0,
  };
}
