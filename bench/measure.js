import { connect } from './http.js';
import { processorSeconds, residentMegabytes } from './processes.js';

/** Runs operations in parallel slots, for some seconds or until it were so many, and says what each cost the server. */
export async function measure(target, operations, { seconds = Infinity, count = Infinity }) {
  const latencies = [];
  let begun = 0;
  const cpuBefore = processorSeconds(target.pid);
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    operations.map(async (operation) => {
      for (let now = performance.now(); now < until && begun < count;) {
        begun += 1;
        await operation();
        const then = now;
        now = performance.now();
        latencies.push(now - then);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  const cpu = processorSeconds(target.pid);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return {
    cpuMs: cpu === undefined ? undefined : ((cpu - cpuBefore) * 1000) / latencies.length,
    rate: latencies.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
  };
}

/**
 * Alternates the targets on one workload, so that whatever else the machine does meets all of them.
 * @returns the median of the rounds for each target
 */
export async function alternate(targets, workload, { rounds, seconds, concurrency }) {
  const prepared = [];
  for (const target of targets) {
    const connection = connect(target.origin, concurrency);
    const operations = [];
    for (let slot = 0; slot < concurrency; slot += 1) operations.push(await workload.prepare(target, connection, slot));
    await measure(target, operations, { seconds }); // warm
    prepared.push({ target, connection, operations, results: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const each of prepared) each.results.push(await measure(each.target, each.operations, { seconds }));
  }
  const rows = prepared.map(({ target, results }) => ({
    target: target.name,
    ...medians(results),
    megabytes: residentMegabytes(target.pid),
  }));
  for (const { connection } of prepared) await connection.close();
  return rows;
}

/** The median of each figure. */
export function medians(results) {
  const median = (key) => {
    const values = results.map((result) => result[key]).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)];
  };
  return Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(key)]));
}
