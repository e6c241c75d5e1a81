import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { UsageError } from '../installation.js';
import { readOperations, sendOperations, tellResults } from './bulk.js';
import type { CommonOptions, Tools } from './resource.js';

/** `users bulk` and `clients bulk`: the operations of a file. */
export function addBulk(
  noun: Command,
  { common, api: connect, answer, terminal }: Tools,
  collection: 'users' | 'clients',
): void {
  const form = collection === 'users' ? 'NDJSON of operations, or CSV of users to make' : 'NDJSON of operations';
  common(
    noun
      .command('bulk <tenant> <file>')
      .description(`change many ${collection} at once: ${form}; - is standard input`)
      .option('--resume <run>', 'go on with a run that was broken off: what it did is not done again'),
  ).action(async (tenant: string, file: string, options: CommonOptions & { readonly resume?: string }) => {
    const name = readRun(options.resume);
    const lines = await readOperations(file);
    const api = await connect(options);
    const operation = collection === 'users' ? 'bulkUsers' : 'bulkClients';
    const results = await sendOperations(api, operation, { tenant, lines, name });
    if (options.json) answer(options, { results }, () => '');
    tellResults(results, options.json ? () => undefined : (text) => terminal.print(text));
  });
}

function readRun(given: string | undefined): string {
  if (given === undefined) return `bulk-${randomUUID()}`;
  if (!/^bulk-[0-9a-f-]{36}$/.test(given)) throw new UsageError('--resume takes the name that the broken run printed.');
  return given;
}
