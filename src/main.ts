import cluster from 'node:cluster';
import 'reflect-metadata';
import { type Config, ConfigError, EX_CONFIG } from './config/config.js';
import { loadConfig } from './config/load-config.js';
import { writeRunning } from './config/running-file.js';
import { EmbeddedPostgresError } from './database/embedded-postgres.js';
import { listenForMetrics } from './observability/metrics-listener.js';
import { WorkerPool, WorkerRefusedError, runWorker } from './process/cluster.js';
import { openDatabase } from './process/database-connection.js';
import { startDemo } from './process/demo.js';
import { watchFaults } from './process/faults.js';
import { boundHeapGrowth } from './process/heap.js';
import { Lifecycle, type Part } from './process/lifecycle.js';
import { persist } from './process/persist.js';
import { PlatformServer, bootstrapOnly } from './process/platform-server.js';
import { WorkerMetrics } from './process/worker-metrics.js';
import { welcomeText } from './process/welcome.js';

boundHeapGrowth();
try {
  const config = loadConfig();
  const lifecycle = new Lifecycle();
  if (cluster.isPrimary) {
    watchFaults(lifecycle, { role: config.workers === 1 ? 'alone' : 'primary' });
    await lifecycle.run(() => runPrimary(config, lifecycle));
  } else {
    watchFaults(lifecycle, { role: 'worker' });
    await lifecycle.run(async () => void (await runWorker(config, lifecycle)));
  }
} catch (error) {
  fail(error);
}

/** Listens first, so that whoever watches this process sees it alive; serves once the database is prepared. */
async function runPrimary(config: Config, lifecycle: Lifecycle): Promise<void> {
  const { signal } = lifecycle;
  const persistence = { waits: config.production, signal };
  const readings = new WorkerMetrics();
  const listener =
    config.workers === 1 ? new PlatformServer(config) : new WorkerPool(config, (message) => readings.receive(message));
  lifecycle.add(listener);
  await listener.listen();
  signal.throwIfAborted();
  const database = await persist(persistence, () => openDatabase(config));
  // The listener goes first, and the database after it.
  lifecycle.addBelow({ stop: () => database.close() });
  signal.throwIfAborted();
  // Before the seed, which registers the demo's address.
  const demo = lifecycle.add(await startDemo(config));
  let suspended: readonly string[] = [];
  const bootstrap = {
    demoOrigin: demo.origin,
    onSuspended: (slugs: readonly string[]) => void (suspended = slugs),
  };
  if (listener instanceof PlatformServer) {
    const { metrics } = await listener.serve(database.settings, { ...persistence, bootstrap });
    if (metrics) lifecycle.add(await serveMetrics(config, () => metrics.registry.metrics()));
  } else {
    await persist(persistence, () => bootstrapOnly(config, database.settings, bootstrap));
    await listener.serve(database.settings, signal);
    if (config.metricsPort !== undefined) {
      lifecycle.add(await serveMetrics(config, () => readings.render(listener.slots)));
    }
  }
  const forget = writeRunning(config.dataDir, {
    url: config.publicUrl,
    tenantHostSuffix: config.tenantHostSuffix,
    demoUrl: demo.origin,
  });
  lifecycle.add({ stop: async () => forget() });
  signal.throwIfAborted();
  process.stdout.write(`${welcomeText(config, { origin: demo.origin, suspended })}\nready ${config.publicUrl}\n`);
}

function serveMetrics({ listen: { host }, metricsPort = 0 }: Config, render: () => Promise<string>): Promise<Part> {
  return listenForMetrics({ host, port: metricsPort }, render);
}

/** What can be mended is said in a sentence; the rest is a fault of ours and shown whole. */
function fail(error: unknown): never {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) {
    process.stderr.write(`Tenantry cannot start.\n${error.message}\n`);
    process.exit(EX_CONFIG);
  }
  if (error instanceof WorkerRefusedError) process.exit(EX_CONFIG);
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
