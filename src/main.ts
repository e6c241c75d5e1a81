import cluster from 'node:cluster';
import 'reflect-metadata';
import { type Config, ConfigError, EX_CONFIG } from './config/config.js';
import { loadConfig } from './config/load-config.js';
import { EmbeddedPostgresError } from './database/embedded-postgres.js';
import { WorkerEndedError, runWorker, serveWithWorkers } from './process/cluster.js';
import { openDatabase } from './process/database-connection.js';
import { startDemo } from './process/demo.js';
import { boundHeapGrowth } from './process/heap.js';
import { type Server, bootstrapOnly, serve } from './process/serve.js';
import { welcomeText } from './process/welcome.js';

boundHeapGrowth();
try {
  const config = loadConfig();
  if (cluster.isWorker) stopOnSignal(await runWorker(config));
  else await runPrimary(config);
} catch (error) {
  fail(error);
}

async function runPrimary(config: Config): Promise<void> {
  const database = await openDatabase(config);
  let hasDemo = false;
  const parts: Server[] = [{ stop: () => database.close() }];
  try {
    if (config.workers === 1) {
      parts.unshift(await serve(config, database.settings, { bootstrap: true }));
    } else {
      await bootstrapOnly(config, database.settings);
      parts.unshift(await serveWithWorkers(config, database.settings));
    }
    const demo = await startDemo(config);
    parts.unshift(demo);
    hasDemo = demo.hasApplication;
  } catch (error) {
    for (const part of parts) await part.stop();
    throw error;
  }
  stopOnSignal({
    stop: async () => {
      for (const part of parts) await part.stop();
    },
  });
  process.stdout.write(`${welcomeText(config, { hasDemo })}\nready ${config.publicUrl}\n`);
}

function stopOnSignal(server: Server): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit(0), fail));
  }
}

/** What can be mended is said in a sentence; the rest is a fault of ours and shown whole. */
function fail(error: unknown): never {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) {
    process.stderr.write(`Tenantry cannot start.\n${error.message}\n`);
    process.exit(EX_CONFIG);
  }
  if (error instanceof WorkerEndedError && error.code === EX_CONFIG) process.exit(EX_CONFIG);
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
