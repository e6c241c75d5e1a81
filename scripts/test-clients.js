import { parseArgs } from 'node:util';
import { prepare } from './install.js';

/**
 * `npm run test:clients`: other people's clients in several languages, by their defaults, against this platform. It
 * fetches them with the package clients of their languages into `node_modules/.cache/clients`; what the machine lacks is
 * named and not run. `-- <pattern>` runs only the clients whose name or ecosystem matches.
 */
const { positionals: patterns } = parseArgs({ allowPositionals: true });
await prepare();
const { ECOSYSTEMS, findMissing } = await import('../test/clients/runner/ecosystems.js');
const { startPlatform } = await import('../test/clients/runner/platform.js');
const { TRIALS } = await import('../test/clients/runner/trials.js');
const { CLIENTS } = await import('../test/clients/clients.js');

const chosen = CLIENTS.filter(
  ({ name, ecosystem }) =>
    patterns.length === 0 ||
    patterns.some((pattern) => `${ecosystem} ${name}`.toLowerCase().includes(pattern.toLowerCase())),
);
const prepared = new Map();
const counts = { passed: 0, failed: 0, 'not run': 0, 'not available': 0 };
const started = Date.now();
const platform = await startPlatform();
try {
  for (const client of chosen) report(client, await play(client));
} finally {
  await platform.stop();
}
const summary = Object.entries(counts).map(([result, count]) => `${count} ${result}`);
const seconds = Math.round((Date.now() - started) / 1000);
process.stdout.write(`\n${chosen.length} clients in ${seconds} s: ${summary.join(', ')}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function play(client) {
  if (client.unavailable) return ['not available', client.unavailable];
  const { needs, prepare: make } = ECOSYSTEMS[client.ecosystem];
  const missing = findMissing([...needs, ...(client.needs ?? [])]);
  if (missing) return ['not run', `needs ${missing}`];
  try {
    if (!prepared.has(client.ecosystem)) prepared.set(client.ecosystem, make());
    await prepared.get(client.ecosystem);
    return ['passed', (await TRIALS[client.kind](platform, client)).join(', ')];
  } catch (error) {
    return ['failed', error.message];
  }
}

function report({ name, version, ecosystem }, [result, what]) {
  counts[result] += 1;
  const shown = `${name} ${version?.() ?? ''}`.trim();
  process.stdout.write(
    `${result.padEnd(8)} ${ecosystem.padEnd(12)} ${shown.padEnd(40)} ${what.replaceAll('\n', '\n    ')}\n`,
  );
}
