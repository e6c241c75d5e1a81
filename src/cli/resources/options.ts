import { InvalidArgumentError } from 'commander';
import type { Switch } from './resource.js';

/** How the texts of options become members of a body. */

export function toBoolean(text: string): boolean {
  if (text === 'true' || text === 'yes') return true;
  if (text === 'false' || text === 'no') return false;
  throw new InvalidArgumentError('It must be true or false.');
}

export function toNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('It must be a number.');
  return Number(text);
}

export function toJsonObject(text: string): object {
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidArgumentError('It must be a JSON object.');
}

/** Given several times, or several values at once. */
export function toList(text: string, before: unknown): unknown[] {
  return append(before, text);
}

/** `orders:read=See your orders`. */
export function toScope(text: string, before: unknown): unknown[] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) {
    throw new InvalidArgumentError('It must be a name and what people read, such as "orders:read=See your orders".');
  }
  return append(before, { name: text.slice(0, at), description: text.slice(at + 1) });
}

/** `sales=Sales and service`: a value, and what people call it in English. */
export function toAllowedValue(text: string, before: unknown): unknown[] {
  const [value, ...label] = text.split('=');
  return append(before, { value, ...(label.length > 0 && { labels: { en: label.join('=') } }) });
}

/** `--set member=value`; the value is JSON where it can be, else text. */
export function toAssignment(text: string, before: unknown): unknown[] {
  const [, member, value] = /^([a-zA-Z_][\w.-]*)=(.*)$/s.exec(text) ?? [];
  if (member === undefined || value === undefined) {
    throw new InvalidArgumentError('It must be a member and its value, such as require_pkce=false.');
  }
  const parsed = parseJson(value);
  return append(before, { member, value: parsed === undefined ? value : parsed });
}

export interface Assignment {
  readonly member: string;
  readonly value: unknown;
}

/** The body with a member set, however deep it lies. */
export function withMember(body: Readonly<Record<string, unknown>>, { member, value }: Assignment): typeof body {
  const [first = '', ...rest] = member.split('.');
  if (rest.length === 0) return { ...body, [first]: value };
  const inner = body[first];
  const known = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  return { ...body, [first]: withMember(known, { member: rest.join('.'), value }) };
}

/** What a resource with the member `enabled` can be set to. */
export function enabling(texts: {
  readonly disable: string;
  readonly disabled: string;
  readonly enable: string;
}): readonly Switch[] {
  const done = `is disabled: ${texts.disabled}.`;
  return [
    { verb: 'disable', alias: 'suspend', summary: texts.disable, body: { enabled: false }, done },
    { verb: 'enable', alias: 'resume', summary: texts.enable, body: { enabled: true }, done: 'is enabled.' },
  ];
}

function append(before: unknown, item: unknown): unknown[] {
  return [...(Array.isArray(before) ? (before as unknown[]) : []), item];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
