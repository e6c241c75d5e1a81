import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { transform } from '@swc/core';
import { ROOT } from './install.js';
import { swcOptions } from './swc-options.js';

/**
 * `src` and `migrations` as JavaScript in `dist`, by the compiler and the options that the tests run with. It checks no
 * types (`npm run typecheck` does), so a first start waits for it for a second or two instead of ten.
 */
const FOLDERS = ['src', 'migrations'];
const SOURCE = /(?<!\.spec|\.d)\.tsx?$/;

for (const folder of FOLDERS) rmSync(join(ROOT, 'dist', folder), { recursive: true, force: true });
const waiting = FOLDERS.flatMap(sourcesBelow);
await Promise.all(Array.from({ length: 2 * availableParallelism() }, compileWhatWaits));

function sourcesBelow(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .filter((name) => SOURCE.test(name))
    .map((name) => join(folder, name));
}

async function compileWhatWaits() {
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) await compile(source);
}

async function compile(source) {
  const output = join(ROOT, 'dist', source.replace(SOURCE, '.js'));
  const { code, map } = await transform(readFileSync(join(ROOT, source), 'utf8'), {
    ...swcOptions,
    filename: join(ROOT, source),
    outputPath: output,
    sourceMaps: true,
    configFile: false,
    swcrc: false,
  });
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`);
  writeFileSync(`${output}.map`, map);
}
