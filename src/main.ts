import cluster from 'node:cluster';
import 'reflect-metadata';
import { type Config, ConfigError, EX_CONFIG } from './config/config.js';
import { loadConfig } from './config/load-config.js';
import { EmbeddedPostgresError } from './database/embedded-postgres.js';
import { WorkerPool, WorkerRefusedError, runWorker } from './process/cluster.js';
import { openDatabase } from './process/database-connection.js';
import { startDemo } from './process/demo.js';
import { watchFaults } from './process/faults.js';
import { boundHeapGrowth } from './process/heap.js';
import { Lifecycle } from './process/lifecycle.js';
import { persist } from './process/persist.js';
import { PlatformServer, bootstrapOnly } from './process/platform-server.js';
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
  const listener = config.workers === 1 ? new PlatformServer(config) : new WorkerPool(config);
  lifecycle.add(listener);
  await listener.listen();
  signal.throwIfAborted();
  const database = await persist(persistence, () => openDatabase(config));
  // The listener goes first, and the database after it.
  lifecycle.addBelow({ stop: () => database.close() });
  signal.throwIfAborted();
  if (listener instanceof PlatformServer) {
    await listener.serve(database.settings, { ...persistence, bootstrap: true });
  } else {
    await persist(persistence, () => bootstrapOnly(config, database.settings));
    await listener.serve(database.settings, signal);
  }
  const demo = lifecycle.add(await startDemo(config));
  signal.throwIfAborted();
  process.stdout.write(`${welcomeText(config, { hasDemo: demo.hasApplication })}\nready ${config.publicUrl}\n`);
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
