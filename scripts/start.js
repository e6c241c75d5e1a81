import { spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { ROOT, prepare } from './install.js';

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
if (cluster.isPrimary) buildConsole();
if (cluster.isPrimary && process.env['npm_lifecycle_event'] === 'start') stopWithParent();
await import('../dist/main.js');

/** In a process of its own and after everybody else, so that the platform is ready no later for it. */
function buildConsole() {
  const options = { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] };
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'build-console.js')], options);
  child.once('error', (error) => process.stderr.write(`The console could not be built. ${error.message}\n`));
  try {
    if (child.pid !== undefined) setPriority(child.pid, 19);
  } catch {
    // Then it shares.
  }
  child.unref();
}

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
