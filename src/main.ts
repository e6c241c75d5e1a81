import { ConfigError, EX_CONFIG } from './config/config.js';
import { loadConfig } from './config/load-config.js';
import { EmbeddedPostgresError } from './database/embedded-postgres/error.js';
import { boundHeapGrowth } from './process/heap.js';
import { WorkerRefusedError } from './process/worker-refused-error.js';

boundHeapGrowth();
try {
  const config = loadConfig();
  // Reading the platform takes most of a start. What is wrong with the settings is told before.
  const { run } = await import('./process/run.js');
  await run(config);
} catch (error) {
  fail(error);
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
