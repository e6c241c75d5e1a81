import type { LogLine } from './exported-log.js';
import { LogFault } from './verify-log.js';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isPlace: Check = (value) => Number.isSafeInteger(value);
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isObjectOrNull: Check = (value) => value === null || isObject(value);
const isTextOrNull: Check = (value) => value === null || isText(value);

const EVENT: Readonly<Record<string, Check>> = {
  tenant_id: isText,
  id: isText,
  occurred_at: isText,
  type: isText,
  outcome: isText,
  address: isTextOrNull,
  details: isObjectOrNull,
};
const isEvent: Check = (value) => isObject(value) && fits(value as object, EVENT);

/** What each kind of line must hold. */
const LINES: { readonly [Kind in LogLine['kind']]: Readonly<Record<string, Check>> } = {
  log: {
    version: (value) => value === 1,
    tenant_id: isText,
    exported_at: isText,
    begun_at: isText,
    first_seq: isPlace,
    last_seq: isPlace,
    previous_hash: isText,
  },
  event: {
    seq: isPlace,
    id: isText,
    occurred_at: isText,
    digest: isText,
    hash: isText,
    digests: isObjectOrNull,
    salts: isObjectOrNull,
    event: (value) => value === null || isEvent(value),
  },
  checkpoint: { seq: isPlace, jws: isText },
  unsealed: { event: isEvent },
  end: { last_seq: isPlace, has_more: (value) => typeof value === 'boolean' },
};

/** The lines of an exported log. @throws LogFault at a line that is none */
export async function* readLog(texts: AsyncIterable<string>): AsyncGenerator<LogLine> {
  let number = 0;
  for await (const text of texts) {
    number += 1;
    if (text !== '') yield parseLine(text, number);
  }
}

function parseLine(text: string, number: number): LogLine {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new LogFault(`Line ${number} is not JSON.`);
  }
  const kind = isObject(line) ? (line as { readonly kind?: unknown }).kind : undefined;
  const members = typeof kind === 'string' && Object.hasOwn(LINES, kind) ? LINES[kind as LogLine['kind']] : undefined;
  if (!members || !fits(line as object, members)) throw new LogFault(`Line ${number} is no line of an audit log.`);
  return line as LogLine;
}

function fits(value: object, members: Readonly<Record<string, Check>>): boolean {
  return Object.entries(members).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}
