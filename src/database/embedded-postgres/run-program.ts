import { spawn, type SpawnOptions } from 'node:child_process';

const KEPT_CHARACTERS = 8_192;

/** Runs a program to its end and collects what it prints. Never rejects: one that cannot start has code -1. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  timeoutMilliseconds = 60_000,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const add = (chunk: Buffer | string) => (output = (output + chunk.toString()).slice(-KEPT_CHARACTERS));
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not the `timeout` option: its timer outlives a spawn that failed and keeps the process alive.
    const timer = setTimeout(() => {
      add(`\nended after ${timeoutMilliseconds / 1000} seconds`);
      child.kill('SIGKILL');
    }, timeoutMilliseconds);
    const end = (code: number) => {
      clearTimeout(timer);
      resolve({ code, output });
    };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    child.once('error', (error) => {
      add(error.message);
      end(-1);
    });
    child.once('close', (code) => end(code ?? -1));
  });
}
