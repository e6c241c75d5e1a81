import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from 'commander';
import { CliError } from '../installation.js';
import { type Column, tableOf } from '../table.js';
import { tailAuditLog } from '../tail-audit-log.js';
import { describeReport, type VerifyOptions, verifyAuditLog } from '../verify-audit-log.js';
import { toNumber } from './options.js';
import type { CommonOptions, Resource } from './resource.js';

/** They work on a list and on what happens from now on. */
const FILTERS = [
  { flags: '--type <type>', member: 'type', description: 'such as user.sign_in_failed' },
  { flags: '--outcome <outcome>', member: 'outcome', description: 'success or failure' },
  { flags: '--user <id>', member: 'user_id', description: 'only what concerns this user' },
  { flags: '--client <client_id>', member: 'client_id', description: 'only what concerns this client' },
  { flags: '--address <ip>', member: 'address', description: 'only what came from this IP address' },
  { flags: '--request <id>', member: 'request_id', description: 'only what one request did' },
] as const;

const COLUMNS: readonly Column[] = [
  ['TIME', 'occurred_at'],
  ['TYPE', 'type'],
  ['OUTCOME', 'outcome'],
  ['ACTOR', 'actor'],
  ['CLIENT', 'client_id'],
  ['TARGET', 'target'],
  ['ADDRESS', 'address'],
  ['DETAILS', 'details'],
];

export const auditEvents: Resource = {
  noun: 'audit-events',
  alias: 'audit',
  operations: { list: 'listAuditEvents' },
  one: 'event',
  summary: 'who did what',
  argument: 'id',
  idMember: 'id',
  list: {
    summary: 'list what happened in a tenant, newest first',
    limit: 50,
    filters: [
      ...FILTERS,
      { flags: '--since <time>', member: 'since', description: 'from this moment on, such as 2026-01-31T12:00:00Z' },
      { flags: '--until <time>', member: 'until', description: 'before this moment' },
    ],
    columns: COLUMNS,
  },
  more: (noun, { common, api: connect, answer, terminal }) => {
    const tail = noun
      .command('tail <tenant>')
      .description('show what happens in a tenant from now on, and go on when the connection is lost')
      .option('--after <cursor>', 'go on after this place: page.next of a pull')
      .option('--limit <number>', 'end after so many events', toNumber);
    common(filtered(tail)).action(async (tenant: string, options: FollowOptions) => {
      const { after, limit, json } = options;
      await tailAuditLog(await connect(options), tenant, { filters: filtersIn(options), after, limit, json }, terminal);
    });
    const pull = noun
      .command('pull <tenant>')
      .description('show what happened after a place, oldest first, and the place to go on from')
      .option('--after <cursor>', 'the place that the pull before named')
      .option('--start <where>', 'without a place: oldest (default) or newest')
      .option('--limit <number>', 'how many events at most (default: 100)', toNumber);
    common(filtered(pull)).action(async (tenant: string, options: FollowOptions) => {
      const api = await connect(options);
      const { after, start, limit } = options;
      const query = { ...filtersIn(options), after, start, limit };
      const { body } = await api.send('pullAuditEvents', { path: { tenant }, query, missing: `tenant ${tenant}` });
      const { data, page } = body;
      answer(options, body, () =>
        [
          data.length === 0 ? 'Nothing happened since.' : tableOf(COLUMNS, data),
          `Go on with --after ${page.next}${page.has_more ? '; there is more already' : ''}`,
        ].join('\n'),
      );
    });
    common(
      noun
        .command('export <tenant> <file>')
        .description('write the log with its hash chain into a file, for "audit verify"')
        .option('--after <number>', 'only events after this place', toNumber)
        .option('--limit <number>', 'how many events at most', toNumber),
    ).action(
      async (
        tenant: string,
        file: string,
        options: CommonOptions & { readonly after?: number; readonly limit?: number },
      ) => {
        const api = await connect(options);
        const query = { after: options.after, limit: options.limit };
        const request = { path: { tenant }, query, missing: `tenant ${tenant}` };
        const { body } = await api.stream('exportAuditEvents', request);
        await save(body as ReadableStream | null, file);
        answer(options, { file }, () => `The log of tenant ${tenant} is in ${file}.`);
      },
    );
    noun
      .command('verify <file>')
      .description('verify an exported log offline, and name the first event that is not as it was')
      .option('--jwks <place>', 'file or address of the tenant’s JWKS, to check who signed it')
      .option('--earlier <file>', 'an exported log that was kept from earlier: what it had signed must still be so')
      .option('--json', 'print what was found as JSON')
      .action(async (file: string, options: CommonOptions & VerifyOptions) => {
        const report = await verifyAuditLog(file, options);
        if (options.json) answer(options, { ...report }, () => '');
        else terminal.print(describeReport(report, file));
      });
  },
};

interface FollowOptions extends CommonOptions {
  readonly after?: string;
  readonly start?: 'oldest' | 'newest';
  readonly limit?: number;
}

function filtered(command: Command): Command {
  for (const { flags, description } of FILTERS) command.option(flags, description);
  return command;
}

function filtersIn(options: CommonOptions): Record<string, string | undefined> {
  const given = options as Readonly<Record<string, string | undefined>>;
  return Object.fromEntries(FILTERS.map(({ flags, member }) => [member, given[flags.slice(2).split(' ')[0] ?? '']]));
}

async function save(body: ReadableStream | null, file: string): Promise<void> {
  try {
    await pipeline(body ? Readable.fromWeb(body) : Readable.from([]), createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    throw new CliError(`${file} is not whole: ${(error as Error).message}.`);
  }
}
