import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, prepare } from './install.js';

/** `npm run test:races`: the races of `npm test` with many more rounds (`RACE_ROUNDS`, 200). */
await prepare();
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--runInBand', '--verbose', 'test/races'];
const env = { RACE_ROUNDS: '200', ...process.env, NODE_ENV: 'test' };
const child = spawn(process.execPath, [...flags, ...jest], { cwd: ROOT, stdio: 'inherit', env });
child.once('close', (code) => (process.exitCode = code ?? 1));
