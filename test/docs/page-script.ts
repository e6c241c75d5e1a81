import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DevelopmentSecrets } from '../../src/config/config.js';
import { type Page, ROOT } from './markdown.js';

/** Purposes of a block that is run: as it is, or to show an error. */
export const RUN = ['run', 'run-refused'];

export interface Surroundings {
  /** Origin of the platform; what pages call `localhost:3000`. */
  readonly url: string;
  readonly secrets: DevelopmentSecrets;
  /** A port of its own for a program of the page. */
  readonly port: number;
}

export interface PageEnd {
  readonly code: number | null;
  readonly output: string;
}

/**
 * What a reader who works through a page does, in one shell: files are written, commands are run, and the first one that
 * fails ends it. `npx tenantry` is the command line of this directory. The last line of the output names the block.
 */
export async function runPage(page: Page, { url, secrets, port }: Surroundings): Promise<PageEnd> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'tenantry-docs-')));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
    mkdirSync(join(home, '.data'));
    writeFileSync(join(home, '.data', 'secrets.json'), JSON.stringify(secrets));
    writeFileSync(join(home, 'page.sh'), scriptOf(page, new URL(url).host));
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      PUBLIC_URL: url,
      BOOTSTRAP_CLIENT_SECRET: secrets.bootstrapClientSecret,
      BOOTSTRAP_ADMIN_PASSWORD: secrets.bootstrapAdminPassword,
      MACHINE_SECRET: secrets.demo.acme.machineClientSecret,
      WEB_SECRET: secrets.demo.acme.webClientSecret,
      ALICE_PASSWORD: secrets.demo.acme.alicePassword,
      FREE_PORT: String(port),
    };
    const child = spawn('bash', ['page.sh'], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    const [code, output] = await Promise.all([ended, text(child.stdout)]);
    return { code, output };
  } finally {
    rmSync(home, { recursive: true });
  }
}

function scriptOf({ blocks }: Page, host: string): string {
  const tool = (name: string) => `'${join(ROOT, 'test', 'docs', name)}'`;
  const names = join(ROOT, 'test', 'support', 'resolve-test-names.js');
  const preamble = [
    'set -euo pipefail',
    'exec 2>&1',
    `trap 'jobs -p | xargs -r kill 2>/dev/null || true' EXIT`,
    `npx() { shift; node --import '${names}' '${join(ROOT, 'bin', 'tenantry.js')}' "$@"; }`,
    // An answer that is an error ends the page, but for the blocks that show one.
    'curl() { command curl $FAIL "$@"; }',
    `jq() { node ${tool('jq.mjs')} "$@"; }`,
    // Waits until a program that a page started listens.
    `listening() { node ${tool('listening.mjs')} "$1"; }`,
  ];
  const steps = blocks.flatMap(({ line, language, purpose, text: code }) => {
    const here = code.replaceAll('localhost:3000', host);
    const [, file] = /^file=(\S+)$/.exec(purpose) ?? [];
    if (file !== undefined) return [`cat > '${file}' <<'END_OF_FILE'`, here, 'END_OF_FILE'];
    if (language !== 'sh' || !RUN.includes(purpose)) return [];
    return [`FAIL=${purpose === 'run' ? '--fail-with-body' : ''}`, `echo "::: line ${line}"`, here];
  });
  return [...preamble, ...steps, 'echo "::: end"', ''].join('\n');
}
