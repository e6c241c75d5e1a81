#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

const program = new URL('../dist/command-line.js', import.meta.url);
if (existsSync(program)) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const { run } = await import(program.href);
  await run(process.argv, version);
} else {
  process.stderr.write('Tenantry is not built yet: run "npm start" once, or "npm ci && npm run build".\n');
  process.exitCode = 1;
}
