import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface CommandEnd {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** `npx tenantry` with these arguments, and with this environment and no other. */
export function tenantry(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onOutput: (chunk: string) => void = () => undefined,
  onErrors: (chunk: string) => void = () => undefined,
): Promise<CommandEnd> {
  const program = join(process.cwd(), 'bin', 'tenantry.js');
  const names = join(process.cwd(), 'test', 'support', 'resolve-test-names.js');
  const child = spawn(process.execPath, ['--import', names, program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => onErrors(chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return Promise.all([ended, text(child.stdout), text(child.stderr)]).then(([code, output, errors]) => ({
    code,
    output,
    errors,
  }));
}
