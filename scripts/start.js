import cluster from 'node:cluster';
import { prepare } from './install.js';

const PARENT_CHECK_MS = 500;

/** `npm start`: installs and builds when needed, then is the platform itself, so that signals reach it. */
if (cluster.isPrimary) {
  try {
    await prepare();
  } catch (error) {
    process.stderr.write(`Tenantry could not be prepared. ${error.message}\n`);
    process.exit(1);
  }
}
if (cluster.isPrimary && process.env['npm_lifecycle_event'] === 'start') stopWithParent();
await import('../dist/main.js');

/** npm hands a signal to the shell between it and this process, which ends without handing it on (Debian's dash). */
function stopWithParent() {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  check.unref();
}
