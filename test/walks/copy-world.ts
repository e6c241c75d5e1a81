import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DevelopmentSecrets } from '../../src/config/config.js';
import { ManagementClient } from '../support/management-client.js';
import { freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';
import { Recorder } from './recorder.js';

const PROGRAM = join(process.cwd(), 'bin', 'tenantry.js');

/** The demo behind a recorder, and a shell that runs what people copy. */
export interface CopyWorld {
  readonly url: string;
  readonly recorder: Recorder;
  /** Where the shell is. */
  readonly folder: string;
  readonly secrets: DevelopmentSecrets;
  /** What is pasted into a terminal. @returns what it printed; it may fail, because changes are held */
  readonly shell: (
    pasted: string,
    seconds?: number,
  ) => Promise<{ readonly code: number | null; readonly said: string }>;
  /** The operator at the API. */
  readonly operator: ManagementClient;
  readonly stop: () => Promise<void>;
}

export async function startCopyWorld(): Promise<CopyWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-copies-'));
  const recorder = await Recorder.listen();
  const port = await freePort();
  recorder.leadTo(port);
  const url = `http://localhost:${recorder.port}`;
  const env = { PORT: String(port), PUBLIC_URL: url, DATA_DIR: folder };
  const platform = new PlatformProcess({ env });
  await platform.ready();
  const secrets = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as DevelopmentSecrets;
  const operator = await ManagementClient.login(url, secrets.bootstrapClientSecret);
  const bin = join(folder, 'npx');
  // `npx tenantry` is the program of this checkout.
  writeFileSync(bin, `#!/bin/sh\nshift\nexec ${process.execPath} ${PROGRAM} "$@"\n`, { mode: 0o755 });
  const shell = async (pasted: string, seconds = 60) => {
    const child = spawn('timeout', [String(seconds), 'sh', '-c', pasted], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: '/nowhere', TOKEN: operator.token, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [said, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, said: said + errors };
  };
  return {
    url,
    recorder,
    folder,
    secrets,
    shell,
    operator,
    stop: async () => {
      await platform.stop();
      await recorder.close();
      rmSync(folder, { recursive: true });
    },
  };
}
