import type { Command } from 'commander';
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
    noun.command('bulk <tenant> <file>').description(`change many ${collection} at once: ${form}; - is standard input`),
  ).action(async (tenant: string, file: string, options: CommonOptions) => {
    const lines = await readOperations(file);
    const api = await connect(options);
    const operation = collection === 'users' ? 'bulkUsers' : 'bulkClients';
    const results = await sendOperations(api, operation, tenant, lines);
    if (options.json) answer(options, { results }, () => '');
    tellResults(results, options.json ? () => undefined : (text) => terminal.print(text));
  });
}
