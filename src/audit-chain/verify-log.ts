import { type JSONWebKeySet, compactVerify, createLocalJWKSet, decodeProtectedHeader } from 'jose';
import { CHECKPOINT_TYPE, type CheckpointClaims } from './checkpoint-claims.js';
import type { CheckpointLine, LogHeader, LogLine, SealedLine, UnsealedLine } from './exported-log.js';
import { digestOf, genesisHash, linkHash, personalValues, saltedDigest } from './sealed-event.js';

/** How long an event may be without a place before it counts as inserted. */
const SEALED_WITHIN_MS = 600_000;

/** What is wrong with the log, at the first place where it is. */
export class LogFault extends Error {}

export interface LogReport {
  readonly tenantId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly events: number;
  /** The first event of the chain that is not kept any more is followed by so many others. */
  readonly notKept: number;
  readonly erased: number;
  readonly unsealed: number;
  /** From before the chain began. */
  readonly older: number;
  /** The last place that a key of the JWKS has signed; undefined without a JWKS. */
  readonly signedSeq: number | undefined;
  readonly checkpoints: number;
  /** Checkpoints of keys that the JWKS does not have; a later one covers what they signed. */
  readonly unknownKeys: readonly string[];
  readonly hasMore: boolean;
}

export interface Expectations {
  readonly jwks?: JSONWebKeySet | undefined;
  /** Checkpoints that were kept from earlier: this log must contain what they say. */
  readonly earlier?: readonly CheckpointClaims[];
}

/**
 * Verifies an exported log. It needs nothing but its lines, and the tenant's JWKS for the signatures.
 * @throws LogFault that names the first event that was changed, removed, inserted or moved
 */
export async function verifyLog(lines: AsyncIterable<LogLine>, expectations: Expectations = {}): Promise<LogReport> {
  const verification = new Verification(expectations);
  for await (const line of lines) await verification.take(line);
  return verification.finish();
}

class Verification {
  private header: LogHeader | undefined;
  private seq = 0;
  private hash = '';
  private events = 0;
  private erased = 0;
  private unsealed = 0;
  private older = 0;
  private checkpoints = 0;
  private signedSeq: number | undefined;
  private hasMore: boolean | undefined;
  private smallestKept: string | undefined;
  private readonly missing: SealedLine[] = [];
  private readonly unknownKeys = new Set<string>();
  private readonly keys: ReturnType<typeof createLocalJWKSet> | undefined;
  private readonly kids: ReadonlySet<string | undefined>;
  private readonly earlier = new Map<number, readonly CheckpointClaims[]>();

  constructor({ jwks, earlier = [] }: Expectations) {
    this.keys = jwks && createLocalJWKSet(jwks);
    this.kids = new Set(jwks?.keys.map(({ kid }) => kid));
    for (const claims of earlier) this.earlier.set(claims.seq, [...(this.earlier.get(claims.seq) ?? []), claims]);
  }

  async take(line: LogLine): Promise<void> {
    if (!this.header) return this.begin(line);
    if (this.hasMore !== undefined) throw new LogFault('There are lines after the end of the log.');
    switch (line.kind) {
      case 'event':
        return this.takeEvent(line, this.header);
      case 'checkpoint':
        return this.takeCheckpoint(line, this.header);
      case 'unsealed':
        return this.takeUnsealed(line, this.header);
      case 'end':
        if (line.last_seq !== this.seq) throw new LogFault(missingFault(this.seq + 1, line.last_seq));
        this.hasMore = line.has_more;
        return;
      case 'log':
        throw new LogFault('There is a second beginning; verify each file by itself.');
    }
  }

  finish(): LogReport {
    if (!this.header) throw new LogFault('The file is empty.');
    if (this.hasMore === undefined) throw new LogFault(`The file ends after event ${this.seq}, without its last line.`);
    if (!this.hasMore && this.seq < this.header.last_seq) {
      throw new LogFault(missingFault(this.seq + 1, this.header.last_seq));
    }
    const kept = this.smallestKept;
    // What is too old to be kept is older than all that is kept.
    const removed = kept === undefined ? undefined : this.missing.find(({ id }) => id > kept);
    if (removed) throw new LogFault(`Event ${nameOf(removed)} was removed: older ones are still there.`);
    const [early] = [...this.earlier.keys()].filter((seq) => seq > this.seq).sort((a, b) => a - b);
    if (early !== undefined && !this.hasMore) {
      throw new LogFault(`Events after ${this.seq} were removed: an earlier checkpoint has signed ${early}.`);
    }
    if (this.keys && this.events > 0 && !this.hasMore && this.signedSeq === undefined) {
      const named = this.unknownKeys.size === 0 ? 'there is none' : `they name ${[...this.unknownKeys].join(', ')}`;
      throw new LogFault(`No checkpoint is signed by a key of the JWKS: ${named}. Is it the JWKS of this tenant?`);
    }
    return {
      tenantId: this.header.tenant_id,
      firstSeq: this.header.first_seq,
      lastSeq: this.seq,
      events: this.events,
      notKept: this.missing.length,
      erased: this.erased,
      unsealed: this.unsealed,
      older: this.older,
      signedSeq: this.signedSeq,
      checkpoints: this.checkpoints,
      unknownKeys: [...this.unknownKeys],
      hasMore: this.hasMore,
    };
  }

  private begin(line: LogLine): void {
    if (line.kind !== 'log') throw new LogFault('This is no exported audit log: its first line is not of kind "log".');
    this.header = line;
    this.seq = line.first_seq - 1;
    this.hash = line.previous_hash;
    if (this.seq === 0 && this.hash !== genesisHash(line.tenant_id)) {
      throw new LogFault('The chain does not begin as that of this tenant does.');
    }
    this.compareEarlier();
  }

  private takeEvent(line: SealedLine, { tenant_id: tenantId }: LogHeader): void {
    const { seq, event } = line;
    if (seq > this.seq + 1) throw new LogFault(missingFault(this.seq + 1, seq - 1));
    if (seq <= this.seq) throw new LogFault(`Event ${nameOf(line)} was moved or inserted: it comes after ${this.seq}.`);
    if (event) {
      if (event.tenant_id !== tenantId) throw new LogFault(`Event ${nameOf(line)} is another tenant's.`);
      if (event.id !== line.id || event.occurred_at !== line.occurred_at) {
        throw new LogFault(`Event ${nameOf(line)} was moved or exchanged: in its place is ${event.id}.`);
      }
      this.compareContent(line, event);
    } else this.missing.push(line);
    const hash = linkHash(this.hash, line);
    if (hash !== line.hash) {
      throw new LogFault(`The chain breaks at event ${nameOf(line)}: it was changed, inserted or moved.`);
    }
    this.seq = seq;
    this.hash = hash;
    this.events += 1;
    this.compareEarlier();
  }

  private compareContent(line: SealedLine, event: NonNullable<SealedLine['event']>): void {
    const { digests, salts } = line;
    if (digestOf(event, digests ?? {}) !== line.digest) throw new LogFault(`Event ${nameOf(line)} was changed.`);
    const values = personalValues(event);
    for (const [name, value] of Object.entries(values)) {
      const salt = salts?.[name];
      if (salt === undefined || saltedDigest(salt, value) !== digests?.[name]) {
        throw new LogFault(`Event ${nameOf(line)} was changed, in its ${name}.`);
      }
    }
    const gone = Object.keys(digests ?? {}).filter((name) => !(name in values));
    // An erasure destroys the salt with the value.
    const left = gone.find((name) => salts?.[name] !== undefined);
    if (left !== undefined) throw new LogFault(`Event ${nameOf(line)} was changed: its ${left} was removed.`);
    if (gone.length > 0) this.erased += 1;
    if (this.smallestKept === undefined || event.id < this.smallestKept) this.smallestKept = event.id;
  }

  private async takeCheckpoint({ seq, jws }: CheckpointLine, { tenant_id: tenantId }: LogHeader): Promise<void> {
    this.checkpoints += 1;
    const { kid } = headerOf(jws);
    if (this.keys && !this.kids.has(kid)) {
      this.unknownKeys.add(kid ?? 'no key');
      return;
    }
    const claims = this.keys ? await verifiedClaims(jws, this.keys, seq) : claimsOf(jws);
    if (claims.tenant_id !== tenantId || claims.seq !== seq) {
      throw new LogFault(
        `The checkpoint of event ${seq} is that of event ${claims.seq} of tenant ${claims.tenant_id}.`,
      );
    }
    if (seq > this.seq) throw new LogFault(`Events after ${this.seq} were removed: a checkpoint has signed ${seq}.`);
    if (seq < this.seq || claims.hash !== this.hash) throw new LogFault(rewrittenFault(seq, this.signedSeq));
    if (this.keys) this.signedSeq = seq;
  }

  private takeUnsealed({ event }: UnsealedLine, header: LogHeader): void {
    if (event.tenant_id !== header.tenant_id) throw new LogFault(`Event ${event.id} is another tenant's.`);
    const occurredAt = Date.parse(event.occurred_at);
    if (occurredAt < Date.parse(header.begun_at) - SEALED_WITHIN_MS) {
      this.older += 1;
    } else if (occurredAt < Date.parse(header.exported_at) - SEALED_WITHIN_MS) {
      throw new LogFault(`Event ${event.id} (${event.type}, ${event.occurred_at}) was inserted: it has no place.`);
    } else this.unsealed += 1;
  }

  /** What was signed earlier is still so. */
  private compareEarlier(): void {
    for (const { hash, tenant_id: tenantId } of this.earlier.get(this.seq) ?? []) {
      if (tenantId !== this.header?.tenant_id) throw new LogFault('The earlier log is another tenant’s.');
      if (hash !== this.hash) throw new LogFault(rewrittenFault(this.seq, undefined));
    }
  }
}

/** Of a checkpoint whose signature is not asked for. */
export function claimsOf(jws: string): CheckpointClaims {
  const [, payload = ''] = jws.split('.');
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as CheckpointClaims;
  } catch {
    throw new LogFault('A checkpoint is no JWS.');
  }
}

function headerOf(jws: string): { readonly kid?: string } {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    throw new LogFault('A checkpoint is no JWS.');
  }
}

async function verifiedClaims(
  jws: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  seq: number,
): Promise<CheckpointClaims> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, keys);
    if (protectedHeader.typ !== CHECKPOINT_TYPE) throw new Error('it is no checkpoint');
    return JSON.parse(Buffer.from(payload).toString()) as CheckpointClaims;
  } catch (error) {
    throw new LogFault(`The signature of the checkpoint of event ${seq} is wrong: ${(error as Error).message}.`);
  }
}

function nameOf({ seq, id }: { readonly seq: number; readonly id: string }): string {
  return `${seq} (${id})`;
}

function missingFault(from: number, to: number): string {
  return from === to ? `Event ${from} was removed.` : `Events ${from} to ${to} were removed.`;
}

function rewrittenFault(seq: number, signed: number | undefined): string {
  const where = signed === undefined ? `up to ${seq}` : `${signed + 1} to ${seq}`;
  return `The chain was rewritten: its hash at event ${seq} is not the one that was signed. Events ${where} are in doubt.`;
}
