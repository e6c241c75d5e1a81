import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { JSONWebKeySet } from 'jose';
import type { CheckpointClaims } from '../audit-chain/checkpoint-claims.js';
import { readLog } from '../audit-chain/read-log.js';
import { LogFault, type LogReport, claimsOf, verifyLog } from '../audit-chain/verify-log.js';
import { reach } from './discover.js';
import { CliError } from './installation.js';

export interface VerifyOptions {
  /** File or address of the tenant's JWKS. */
  readonly jwks?: string;
  /** An exported log that was kept from earlier. */
  readonly earlier?: string;
}

/** Verifies an exported audit log. @throws CliError that names the first event that is not as it was */
export async function verifyAuditLog(file: string, { jwks, earlier }: VerifyOptions): Promise<LogReport> {
  const keys = jwks === undefined ? undefined : await readKeys(jwks);
  try {
    return await verifyLog(linesOf(file), {
      jwks: keys,
      earlier: earlier === undefined ? [] : await checkpointsOf(earlier),
    });
  } catch (error) {
    if (error instanceof LogFault) throw new CliError(`The log is not intact. ${error.message}`);
    throw error;
  }
}

/** What was found, in sentences. */
export function describeReport(report: LogReport, file: string): string {
  const { firstSeq, lastSeq, events, notKept, erased, unsealed, older, signedSeq, unknownKeys } = report;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const lines = [
    `${file} is intact: ${count(events, 'event')} of tenant ${report.tenantId}, numbers ${firstSeq} to ${lastSeq}.`,
    firstSeq > 1 && `What came before ${firstSeq} is not in this file.`,
    notKept > 0 && `${count(notKept, 'event')} at the beginning are not kept any more.`,
    erased > 0 && `Personal data was erased from ${count(erased, 'event')}.`,
    unsealed > 0 && `${count(unsealed, 'event')} had no place yet when it was exported.`,
    older > 0 && `${count(older, 'event')} from before the chain began are not covered.`,
    signedSeq !== undefined && `A key of the JWKS has signed everything up to ${signedSeq}.`,
    signedSeq !== undefined && signedSeq < lastSeq && `What comes after ${signedSeq} is not signed yet.`,
    signedSeq === undefined && 'Signatures were not checked: give the JWKS of the tenant with --jwks.',
    unknownKeys.length > 0 && `Checkpoints of keys that are not published any more: ${unknownKeys.join(', ')}.`,
    report.hasMore && `There are later events: export them with --after ${lastSeq}.`,
  ];
  return lines.filter((line) => line !== false).join('\n');
}

async function* linesOf(file: string) {
  try {
    yield* readLog(createInterface({ input: createReadStream(file), crlfDelay: Infinity }));
  } catch (error) {
    throw fileError(error, file);
  }
}

async function checkpointsOf(file: string): Promise<CheckpointClaims[]> {
  const claims: CheckpointClaims[] = [];
  for await (const line of linesOf(file)) if (line.kind === 'checkpoint') claims.push(claimsOf(line.jws));
  if (claims.length === 0) throw new CliError(`${file} has no checkpoint.`);
  return claims;
}

async function readKeys(place: string): Promise<JSONWebKeySet> {
  const isAddress = /^https?:\/\//.test(place);
  const text = isAddress
    ? await fetchText(place)
    : await readFile(place, 'utf8').catch((error) => throwFile(error, place));
  try {
    const jwks = JSON.parse(text) as JSONWebKeySet;
    if (!Array.isArray(jwks.keys)) throw new Error('it has no keys');
    return jwks;
  } catch (error) {
    throw new CliError(`${place} is no JWKS: ${(error as Error).message}.`);
  }
}

async function fetchText(url: string): Promise<string> {
  const answer = await reach(url);
  if (!answer.ok) throw new CliError(`${url} answered ${answer.status}.`);
  return answer.text();
}

function throwFile(error: unknown, file: string): never {
  throw fileError(error, file);
}

/** A file that cannot be read is for the person to mend. */
function fileError(error: unknown, file: string): unknown {
  const { code } = error as { readonly code?: string };
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? new CliError(`${file} cannot be read: ${code}.`) : error;
}
