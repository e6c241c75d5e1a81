import cluster from 'node:cluster';
import 'reflect-metadata';
import type { Config } from '../config/config.js';
import { writeRunning } from '../config/running-file.js';
import { listenForMetrics } from '../observability/metrics-listener.js';
import { WorkerPool, runWorker } from './cluster.js';
import { openDatabase } from './database-connection.js';
import { startDemo } from './demo.js';
import { watchFaults } from './faults.js';
import { Lifecycle, type Part } from './lifecycle.js';
import { persist } from './persist.js';
import { PlatformServer, bootstrapOnly } from './platform-server.js';
import { welcomeText } from './welcome.js';
import { WorkerMetrics } from './worker-metrics.js';

/** Runs the platform in this process, or one worker of it, until it is ended. */
export async function run(config: Config): Promise<void> {
  const lifecycle = new Lifecycle();
  if (cluster.isPrimary) {
    watchFaults(lifecycle, { role: config.workers === 1 ? 'alone' : 'primary' });
    await lifecycle.run(() => runPrimary(config, lifecycle));
  } else {
    watchFaults(lifecycle, { role: 'worker' });
    await lifecycle.run(async () => void (await runWorker(config, lifecycle)));
  }
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
