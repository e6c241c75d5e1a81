import type { JSONWebKeySet } from 'jose';
import type { LogLine } from '../../src/audit-chain/exported-log.js';
import { readLog } from '../../src/audit-chain/read-log.js';
import { type Expectations, LogFault, type LogReport, verifyLog } from '../../src/audit-chain/verify-log.js';
import { send } from './http.js';
import type { ManagementClient } from './management-client.js';

export type TestLine = Record<string, unknown> & { readonly kind: LogLine['kind'] };

/** The lines of a tenant's exported log. */
export async function exportLog(client: ManagementClient, slug: string, query = ''): Promise<string[]> {
  const answer = await client.request('GET', `/tenants/${slug}/audit-events/export${query}`);
  if (answer.status !== 200) throw new Error(`The export was refused: ${answer.status} ${answer.text}`);
  return answer.text.trimEnd().split('\n');
}

export function parsed(lines: readonly string[]): TestLine[] {
  return lines.map((line) => JSON.parse(line) as TestLine);
}

export async function jwksOf(issuer: string): Promise<JSONWebKeySet> {
  return (await send(`${issuer}/jwks`)).json<JSONWebKeySet>();
}

export function verify(lines: readonly (string | TestLine)[], expectations: Expectations = {}): Promise<LogReport> {
  return verifyLog(readLog(texts(lines)), expectations);
}

/** What is wrong with it; "nothing" when it is intact. */
export async function faultOf(lines: readonly (string | TestLine)[], expectations?: Expectations): Promise<string> {
  try {
    await verify(lines, expectations);
    return 'nothing';
  } catch (error) {
    if (error instanceof LogFault) return error.message;
    throw error;
  }
}

async function* texts(lines: readonly (string | TestLine)[]): AsyncGenerator<string> {
  for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
}
