import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, prepare } from './install.js';

/** `npm run check`: what tools find in the text of the project, without running it. */
const CHECKS = [
  ['format', join('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['lint and types', join('scripts', 'lint-and-types.js')],
  ['API description', join('scripts', 'lint-api.js')],
];

await prepare();
const passed = await Promise.all(CHECKS.map(check));
process.exitCode = passed.every(Boolean) ? 0 : 1;

/** One tool; its output is shown when it ends, so that those running beside it do not mix theirs in. */
async function check([name, ...args]) {
  const output = [];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}\n${Buffer.concat(output).toString()}`);
  return code === 0;
}
