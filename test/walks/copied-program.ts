import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program as somebody copied it: in a folder of its own, with nothing but the packages that it names. */
export class CopiedProgram {
  private errors = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'tenantry-copied-'));
  private readonly child: ChildProcess;

  constructor(name: string, code: string, env: Readonly<Record<string, string>>) {
    writeFileSync(join(this.folder, name), code);
    symlinkSync(join(process.cwd(), 'node_modules'), join(this.folder, 'node_modules'));
    this.child = spawn(process.execPath, [name], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
  }

  /** Until it answers there. @throws when it ends before */
  async answers(address: string): Promise<void> {
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`The copied program ended: ${this.errors}`);
      try {
        return void (await fetch(address, { redirect: 'manual' }));
      } catch {
        // Not yet.
      }
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode === null && this.child.kill()) await ended;
    rmSync(this.folder, { recursive: true });
  }
}
