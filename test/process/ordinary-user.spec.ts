import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from '../support/http.js';
import { freePort } from '../support/platform.js';
import { PlatformProcess } from '../support/process.js';

const NOBODY = { uid: 65534, gid: 65534 };
/** Everybody else starts as an ordinary user in lifecycle.spec.ts already. */
const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

let home: string;
let platform: PlatformProcess | undefined;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'tenantry-nobody-'));
  chownSync(home, NOBODY.uid, NOBODY.gid);
  chmodSync(home, 0o700);
});
afterAll(async () => {
  await platform?.stop();
  rmSync(home, { recursive: true });
});

asRoot('A user without rights, in a directory of their own that nobody else may enter', () => {
  it('starts the platform and its database, and owns what they write', async () => {
    // This checkout may lie where only root may go.
    const installation = join(home, 'tenantry');
    mkdirSync(installation);
    for (const part of ['dist', 'node_modules', 'package.json']) execFileSync('cp', ['-R', '-P', part, installation]);
    const dataDir = join(home, 'data');
    const port = await freePort();
    platform = new PlatformProcess({
      env: { PORT: String(port), DATA_DIR: dataDir, HOME: home },
      user: NOBODY,
      cwd: home,
      installation,
    });
    expect(await platform.ready()).toBe(`http://localhost:${port}`);
    expect((await send(`http://localhost:${port}/health/ready`)).status).toBe(200);
    for (const path of ['.', 'secrets.json', 'postgres']) expect(statSync(join(dataDir, path)).uid).toBe(NOBODY.uid);
  });
});
