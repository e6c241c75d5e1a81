import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, prepare, prepareConsole } from './install.js';
import { makeScratch } from './scratch.js';

/**
 * `npm run test:walks`: what people do, from page to page, in a real browser at the demo that `npm start` makes: with and
 * without JavaScript, on desktop and phone, from left and from right. A picture of every page goes into the folder that
 * is named at the end. `-- <pattern>` runs only the matching files, `-- -t <name>` only the matching walks.
 */
const FOLDER = join(ROOT, 'coverage', 'walks');

await prepare();
await prepareConsole();
rmSync(FOLDER, { recursive: true, force: true });
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', 'jest.walks.config.js', '--runInBand'];
const child = spawn(process.execPath, [...flags, ...jest, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'test', TMPDIR: makeScratch(), WALKS_FOLDER: FOLDER },
});
process.exitCode = await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
process.stdout.write(`\nEvery page, as it looked: ${FOLDER}\n`);
