import type { WireRequest } from './request.js';

/** As a shell reads it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** @param publicUrl origin of the management API */
export function asCurl(publicUrl: string, { method, address, headers, body }: WireRequest): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${shellWord(`${publicUrl}${address}`)}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${shellWord(body)}`]),
  ];
  return lines.join(' \\\n  ');
}

/**
 * A command of `tenantry`, with any members that its options do not name as `--set` and `--unset`.
 * @param words such as `['tenants', 'update', 'acme']`
 */
export function asCommand(words: readonly string[], members: Readonly<Record<string, unknown>> = {}): string {
  const options = assignments(members, '').map(([name, value]) =>
    value === null ? `--unset ${shellWord(name)}` : `--set ${shellWord(`${name}=${asValue(value)}`)}`,
  );
  return [`npx tenantry ${words.map(shellWord).join(' ')}`, ...options].join(' \\\n  ');
}

function assignments(members: Readonly<Record<string, unknown>>, prefix: string): [string, unknown][] {
  return Object.entries(members).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined) return [];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return assignments(value as Record<string, unknown>, `${prefix}${name}.`);
    return [[`${prefix}${name}`, value]];
  });
}

/** The command line reads JSON where it can, so text that looks like JSON is given as JSON. */
function asValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}
