import { spawn } from 'node:child_process';
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
const { certificates, startWithTls } = await import('../test/clients/runner/tls.js');
const trusted = findMissing(['openssl']) === undefined ? await certificates() : undefined;
if (trusted && trusted !== process.env['NODE_EXTRA_CA_CERTS']) await startAgain(trusted);
else await main();

/** Node.js reads the certificates that it trusts when it starts. */
async function startAgain(NODE_EXTRA_CA_CERTS) {
  const options = { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS } };
  const child = spawn(process.execPath, process.argv.slice(1), options);
  process.exitCode = await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

async function main() {
  const { startPlatform } = await import('../test/clients/runner/platform.js');
  const { TRIALS } = await import('../test/clients/runner/trials.js');
  const { CLIENTS } = await import('../test/clients/clients.js');
  const chosen = CLIENTS.filter(
    (client) => patterns.length === 0 || patterns.some((pattern) => matches(client, pattern)),
  );
  const started = Date.now();
  const platform = await startPlatform();
  let secure;
  platform.withTls = () => (secure ??= startWithTls());
  const prepared = new Map();
  const counts = { passed: 0, failed: 0, 'not run': 0, 'not available': 0 };
  try {
    for (const client of chosen) {
      const [result, what] = await play(client, { platform, prepared, TRIALS });
      counts[result] += 1;
      process.stdout.write(`${lineOf(client, result, what)}\n`);
    }
  } finally {
    await platform.stop();
    await (await secure?.catch(() => undefined))?.stop();
  }
  const summary = Object.entries(counts).map(([result, count]) => `${count} ${result}`);
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`\n${chosen.length} clients in ${seconds} s: ${summary.join(', ')}\n`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

async function play(client, { platform, prepared, TRIALS }) {
  if (client.unavailable) return ['not available', client.unavailable];
  const { needs, prepare: make } = ECOSYSTEMS[client.ecosystem];
  const missing = findMissing([...needs, ...(client.needs ?? [])]);
  if (missing) return ['not run', `needs ${missing}`];
  try {
    if (!prepared.has(client.ecosystem)) prepared.set(client.ecosystem, make());
    await prepared.get(client.ecosystem);
    return ['passed', (await TRIALS[client.kind](platform, client)).join(', ')];
  } catch (error) {
    const { message, error: code, error_description: description } = error;
    return ['failed', [message, code, description].filter(Boolean).join(' ')];
  }
}

function matches({ name, ecosystem }, pattern) {
  return `${ecosystem} ${name}`.toLowerCase().includes(pattern.toLowerCase());
}

function lineOf({ name, version, ecosystem, register, api, sets }, result, what) {
  const shown = `${name} ${version?.() ?? ''}`.trim();
  const set = Object.entries({ ...sets, ...register, ...api }).map(([member, value]) => ` (${member}: ${value})`);
  const text = `${what}${set.join('')}`.replaceAll('\n', '\n    ');
  return [result.padEnd(8), ecosystem.padEnd(13), shown.padEnd(38), text].join(' ');
}
