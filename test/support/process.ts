import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Another user, when this one is root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly cwd?: string;
  /** Folder of the installed platform; this one unless given. */
  readonly installation?: string;
  /** What starts it, instead of its own program: `npm start`. */
  readonly command?: readonly [file: string, ...args: string[]];
}

/** The built platform as a process of its own, in a process group of its own, with this environment and no other. */
export class PlatformProcess {
  /** Everything it wrote so far, standard output and standard error each. */
  output = '';
  errors = '';
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private readonly watchers = new Set<() => void>();

  constructor({ env, user, cwd, installation = process.cwd(), command }: ProcessOptions) {
    const [file, ...args] = command ?? [process.execPath, join(installation, 'dist', 'main.js')];
    this.child = spawn(file, args, {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(cwd !== undefined && { cwd }),
      ...user,
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
      for (const watch of this.watchers) watch();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
      for (const watch of this.watchers) watch();
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      // 'close' and not 'exit': by then everything it wrote has been read.
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Its output lines that are JSON objects: the log. */
  get log(): Record<string, unknown>[] {
    const lines = this.output.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Resolves once something it wrote matches; rejects when it ends before. */
  async find(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.output) ?? pattern.exec(this.errors);
        if (!match) return;
        this.watchers.delete(look);
        resolve(match);
      };
      this.watchers.add(look);
      look();
      const missed = () => reject(new Error(`It ended without ${pattern}:\n${this.output}\n${this.errors}`));
      void this.ended.then(missed, reject);
    });
  }

  /** The `ready <url>` line. */
  async ready(): Promise<string> {
    return (await this.find(/^ready (\S+)$/m))[1] ?? '';
  }

  /** The public way to stop it. */
  stop(): Promise<ProcessEnd> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** As when whoever read its output is gone. */
  stopReading(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  /** As a power cut would end it and whatever it started in its group. */
  killGroup(): Promise<ProcessEnd> {
    process.kill(-this.pid, 'SIGKILL');
    return this.ended;
  }
}

/** Until nobody listens on the port any more. */
export async function untilRefused(port: number): Promise<void> {
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
  while (await isOpen());
}
