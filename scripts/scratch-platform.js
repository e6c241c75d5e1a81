import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { ROOT } from './install.js';

/**
 * The platform with its demo as `npm start` makes it, in a directory that is thrown away.
 * @returns its address, that of the demo application, and the secrets that were made
 */
export async function startScratchPlatform() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-scratch-platform-'));
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'main.js')], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', PORT: String(await freePort()), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk.toString();
      const ready = /^ready (\S+)$/m.exec(output);
      if (ready) resolve(ready[1]);
    });
    void ended.then(() => reject(new Error(`The platform did not start.\n${output}`)));
  });
  return {
    url,
    application: /in a browser +(http:\S+)/.exec(output)?.[1] ?? '',
    secrets: JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
