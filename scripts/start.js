import cluster from 'node:cluster';
import { prepare } from './install.js';

/** `npm start`: installs and builds when needed, then is the platform itself, so that signals reach it. */
if (cluster.isPrimary) {
  try {
    await prepare();
  } catch (error) {
    process.stderr.write(`Tenantry could not be prepared. ${error.message}\n`);
    process.exit(1);
  }
}
await import('../dist/src/main.js');
