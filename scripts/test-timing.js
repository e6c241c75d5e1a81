import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, prepare } from './install.js';

/**
 * `npm run test:timing`: whether the time of an answer tells who has an account. It prints a table of medians and is no
 * part of `npm test`, because a machine that does something else as well measures that. `TIMING_SAMPLES` (300) for each
 * row; `-- -t <name>` measures one table.
 */
await prepare();
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const config = join(ROOT, 'jest.timing.config.js');
const jest = [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', config, '--runInBand'];
const child = spawn(process.execPath, [...flags, ...jest, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'test' },
});
child.once('close', (code) => (process.exitCode = code ?? 1));
