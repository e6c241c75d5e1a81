import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expectJson } from './http.js';
import { medians } from './measure.js';
import { paced, tokenRequests } from './paced.js';
import { processorSeconds, startServer } from './processes.js';
import { createMachineTenant, operatorOf, startTenantry } from './targets.js';
import { freePort } from '../scripts/free-port.js';

/** Token requests a second that the noisy tenant may make, and how many times as many it makes. */
const LIMIT = 5;
const TIMES = 100;
/** The other tenant asks so often a second, whatever the answers take. */
const PACE = 100;
const WARM_UP = 2000;
/** Turns of a round. */
const TURNS = 3;

/**
 * What another tenant notices of one at a hundred times its limit: windows without its requests, with them, and with the
 * same requests at a bare HTTP server beside (control) take turns. The control is the share of the machine: whoever
 * sends the requests and the kernel work on the same processors.
 * @returns the latencies of the quiet tenant in each, and the ratios of each turn
 */
export async function measureLimits(databaseUrl, { rounds, seconds }) {
  const server = await startTenantry(databaseUrl);
  const bare = await startBareServer();
  try {
    const operator = await operatorOf(server);
    const quiet = tokenRequests(server.origin, 'quiet', await createMachineTenant(operator, 'quiet'));
    const secret = await createMachineTenant(operator, 'noisy');
    await operator.change('/tenants/noisy/quotas', { token_requests: { limit: LIMIT, per: 'second' } });
    await operator.close();
    const flood = (origin) =>
      new Worker(new URL('flood.js', import.meta.url), {
        workerData: { origin, slug: 'noisy', secret, perSecond: LIMIT * TIMES },
      });
    const [noisy, control] = [flood(server.origin), flood(bare.origin)];
    for (let index = 0; index < WARM_UP; index += 1) expectJson(await quiet.ask(), 'The quiet tenant');
    for (const flooded of [noisy, control]) await observe(server, quiet, seconds, flooded);
    const turns = [];
    for (let turn = 0; turn < rounds * TURNS; turn += 1) {
      turns.push({
        without: await observe(server, quiet, seconds),
        with: await observe(server, quiet, seconds, noisy),
        control: await observe(server, quiet, seconds, control),
      });
    }
    for (const flooded of [noisy, control]) {
      flooded.postMessage(undefined);
      await once(flooded, 'exit');
    }
    await quiet.close();
    const ratioOf = (one, other) => ({ p50: one.p50 / other.p50, p95: one.p95 / other.p95 });
    return {
      without: medians(turns.map(({ without }) => without)),
      with: medians(turns.map((turn) => turn.with)),
      control: medians(turns.map(({ control: machine }) => machine)),
      ratios: medians(turns.map((turn) => ratioOf(turn.with, turn.without))),
      ratiosOfControl: medians(turns.map((turn) => ratioOf(turn.control, turn.without))),
      ratiosToControl: medians(turns.map((turn) => ratioOf(turn.with, turn.control))),
    };
  } finally {
    await server.stop();
    await bare.stop();
  }
}

async function startBareServer() {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const args = [new URL('bare-server.js', import.meta.url).pathname];
  const server = await startServer({ name: 'the bare server', args, env: { PORT: String(port) }, readyUrl: origin });
  return { ...server, origin };
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
