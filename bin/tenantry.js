#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/src/cli/command-line.js', import.meta.url);
if (existsSync(program)) {
  const { run } = await import(program.href);
  await run(process.argv);
} else {
  process.stderr.write('Tenantry is not built yet: run "npm start" once, or "npm ci && npm run build".\n');
  process.exitCode = 1;
}
