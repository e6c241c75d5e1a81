import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { UnansweredError } from '../discover.js';
import { CliError, UsageError } from '../installation.js';
import { type ManagementApi, type Member, RefusedError } from '../management-api.js';
import { tableOf } from '../table.js';
import { readCsv } from './csv.js';

/** As many as the API takes at once. */
const BATCH = 100;
/** And no larger than the API takes. */
const MAX_BATCH_BYTES = 200_000;
/** Before a batch is sent again whose answer was lost. */
const PAUSES_MS = [500, 2000, 5000];

export interface BulkResult {
  readonly line: number;
  readonly status: number;
  readonly [member: string]: unknown;
}

interface Line {
  readonly line: number;
  readonly operation: Member;
}

/**
 * The operations of a file: NDJSON, one a line, or CSV with a header, whose rows are users to make.
 * @param file `-` for standard input
 */
export async function readOperations(file: string): Promise<Line[]> {
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8').catch(unreadable(file));
  if (content.trim() === '') throw new UsageError('There is nothing to do in the file.');
  const lines = /^\s*\{/.test(content) ? fromNdjson(content) : fromCsv(content);
  if (lines.length === 0) throw new UsageError('There is nothing to do in the file.');
  return lines;
}

/** Operations of a file, and the name under which they are sent: what was done under it is not done again. */
export interface BulkRun {
  readonly tenant: string;
  readonly lines: readonly Line[];
  /** Another one for each run, and the same for a run that goes on. */
  readonly name: string;
}

/**
 * Sends them in batches, in their order, each with an Idempotency-Key. A batch whose answer was lost is sent again.
 * @throws CliError that names the run when there is no answer any more
 */
export async function sendOperations(
  api: ManagementApi,
  operation: 'bulkUsers' | 'bulkClients',
  { tenant, lines, name }: BulkRun,
  pauseMs: readonly number[] = PAUSES_MS,
): Promise<BulkResult[]> {
  const all: BulkResult[] = [];
  let number = 0;
  for (const batch of batchesOf(lines)) {
    const request = {
      path: { tenant },
      headers: { 'Idempotency-Key': `${name}-${++number}` },
      body: { operations: batch.map(({ operation }) => operation) },
      missing: `tenant ${tenant}`,
    };
    const results = await sendUntilAnswered(() => api.perform(operation, request), pauseMs).catch((error: unknown) => {
      if (!isUnanswered(error)) throw error;
      throw new CliError(
        `${error.message} From line ${batch[0]?.line ?? 1} on it is not known what was done. Send the same file again with --resume ${name} within a day, and nothing is done twice.`,
      );
    });
    all.push(...results.map((result, index) => ({ line: batch[index]?.line ?? 0, ...result })));
  }
  return all;
}

async function sendUntilAnswered(
  send: () => Promise<{ readonly body: Member }>,
  [pauseMs, ...later]: readonly number[],
): Promise<readonly { readonly status: number }[]> {
  try {
    return (await send()).body['results'] as readonly { readonly status: number }[];
  } catch (error) {
    if (pauseMs === undefined || !isUnanswered(error)) throw error;
    await delay(pauseMs);
    return sendUntilAnswered(send, later);
  }
}

/** No answer, one of a proxy, or the first request with this key is still being worked on. */
function isUnanswered(error: unknown): error is CliError {
  if (error instanceof RefusedError) return error.status >= 500 || error.status === 409;
  return error instanceof UnansweredError;
}

/** @throws CliError when some were refused, after all were told */
export function tellResults(results: readonly BulkResult[], show: (text: string) => void): void {
  const refused = results.filter(({ problem }) => problem !== undefined);
  if (refused.length > 0) {
    const columns = [
      ['LINE', 'line'],
      ['STATUS', 'status'],
      ['WHY', ({ problem }: Member) => (problem as { detail?: string; title?: string }).detail ?? ''],
    ] as const;
    show(tableOf(columns, refused));
  }
  const done = `${results.length - refused.length} of ${results.length} were done`;
  if (refused.length > 0) throw new CliError(`${done}; ${refused.length} were refused.`);
  show(`${done}.`);
}

function* batchesOf(lines: readonly Line[]): Generator<Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(JSON.stringify(line.operation)) + 1;
    if (batch.length > 0 && (batch.length === BATCH || bytes + size > MAX_BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function fromNdjson(content: string): Line[] {
  return content.split(/\r?\n/).flatMap((given, index) => {
    if (given.trim() === '') return [];
    return [{ line: index + 1, operation: parse(given, index + 1) }];
  });
}

function parse(given: string, line: number): Member {
  try {
    const value: unknown = JSON.parse(given);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Member;
  } catch {
    // Told below, with the line.
  }
  throw new UsageError(`Line ${line} is no JSON object.`);
}

/** Empty fields are members that are not there; `true` and `false` are what they say. */
function fromCsv(content: string): Line[] {
  const [header = [], ...rows] = readCsv(content);
  if (!header.includes('username'))
    throw new UsageError('The first line of a CSV file names its columns, such as username,email.');
  return rows.map((fields, index) => {
    if (fields.length !== header.length)
      throw new UsageError(`Row ${index + 1} has ${fields.length} fields, not ${header.length}.`);
    const members = header.flatMap((name, at) =>
      fields[at] === '' ? [] : [[name, valueOf(fields[at] ?? '')] as const],
    );
    return { line: index + 2, operation: { op: 'create', data: Object.fromEntries(members) } };
  });
}

function valueOf(field: string): unknown {
  return field === 'true' ? true : field === 'false' ? false : field;
}

function unreadable(file: string) {
  return (): never => {
    throw new UsageError(`${file} cannot be read.`);
  };
}
