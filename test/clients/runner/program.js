import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;

/** A program in a process group of its own, and what it wrote. */
export class Program {
  output = '';
  errors = '';
  #child;
  #ended = false;

  constructor([file, ...args], { env = {}, cwd } = {}) {
    this.#child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    this.#child.stdout.on('data', (chunk) => (this.output += chunk));
    this.#child.stderr.on('data', (chunk) => (this.errors += chunk));
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.errors += error.message;
        this.#ended = true;
        resolve(127);
      });
      this.#child.once('close', (code) => {
        this.#ended = true;
        resolve(code ?? 1);
      });
    });
  }

  /** Its last words, for a report. */
  get words() {
    return `${this.output}\n${this.errors}`.trim().split('\n').slice(-12).join('\n');
  }

  /** Until it listens; an error when it ends before or takes too long. */
  async listens(port, timeoutMs = 120_000) {
    const end = Date.now() + timeoutMs;
    while (!(await isOpen(port))) {
      if (this.#ended) throw new Error(`ended before it listened: ${this.words}`);
      if (Date.now() > end) throw new Error(`did not listen: ${this.words}`);
      await delay(POLL_MS);
    }
  }

  /** Until what it wrote matches. */
  async says(pattern, timeoutMs = 120_000) {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(this.output) ?? pattern.exec(this.errors);
      if (match) return match;
      if (this.#ended) throw new Error(`ended without ${pattern}: ${this.words}`);
      if (Date.now() > end) throw new Error(`did not say ${pattern}: ${this.words}`);
      await delay(POLL_MS);
    }
  }

  async stop() {
    if (this.#ended) return;
    this.#signal('SIGTERM');
    const killed = setTimeout(() => this.#signal('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(killed);
  }

  #signal(name) {
    try {
      if (process.platform === 'win32') this.#child.kill(name);
      else process.kill(-this.#child.pid, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** Runs to the end. @throws Error with its last words */
export async function run(command, options) {
  const program = new Program(command, options);
  const code = await program.ended;
  if (code !== 0) throw new Error(`${command.slice(0, 3).join(' ')} ended with ${code}: ${program.words}`);
  return program.output;
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
