import { hash } from 'node:crypto';
import { fewRandomBytes } from '../crypto/random.js';
import { canonicalJson } from './canonical-json.js';

/** An event as the chain holds it, in the form of the management API. */
export interface ChainedEvent {
  readonly tenant_id: string;
  readonly id: string;
  /** RFC 3339 with milliseconds. */
  readonly occurred_at: string;
  readonly type: string;
  readonly outcome: string;
  readonly actor: string | null;
  readonly client_id: string | null;
  readonly user_id: string | null;
  readonly target: string | null;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

/** By the name of a personal value: `address`, or `details.` and a member. Texts are base64url. */
export type ByPersonalValue = Readonly<Record<string, string>>;

/** One place in a chain. */
export interface Link {
  readonly seq: number;
  readonly id: string;
  readonly occurred_at: string;
  /** Of the event, base64url. */
  readonly digest: string;
}

const SALT_BYTES = 16;
/** Of events about a user's data, every member of the details is personal except these. */
const DATA_OF_USERS = new Set(['user.created', 'user.updated']);
const IMPERSONAL = new Set(['changed', 'through']);

/** The hash before the first event of a tenant's log. */
export function genesisHash(tenantId: string): string {
  return sha256(`tenantry audit log ${tenantId}`);
}

/** The values that an erasure removes. `forget_person` in the database removes the same. */
export function personalValues({ type, address, details }: ChainedEvent): Readonly<Record<string, unknown>> {
  const isPersonal = DATA_OF_USERS.has(type)
    ? (name: string) => !IMPERSONAL.has(name)
    : (name: string) => name === 'identifier';
  const members = Object.entries(details ?? {}).filter(([name]) => isPersonal(name));
  return {
    ...(address !== null && { address }),
    ...Object.fromEntries(members.map(([name, value]) => [`details.${name}`, value])),
  };
}

/** A salt for each personal value, and the digest that stands for the value in the chain. */
export function commitTo(event: ChainedEvent): { readonly salts: ByPersonalValue; readonly digests: ByPersonalValue } {
  const salts: Record<string, string> = {};
  const digests: Record<string, string> = {};
  for (const [name, value] of Object.entries(personalValues(event))) {
    const salt = fewRandomBytes(SALT_BYTES).toString('base64url');
    salts[name] = salt;
    digests[name] = saltedDigest(salt, value);
  }
  return { salts, digests };
}

export function saltedDigest(salt: string, value: unknown): string {
  return sha256(`${salt}${canonicalJson(value)}`);
}

/** The digest of an event: all that is not personal as it is, and the digests of what is. */
export function digestOf(event: ChainedEvent, digests: ByPersonalValue): string {
  const personal = personalValues(event);
  const { address: _, details, ...rest } = event;
  const impersonal = Object.entries(details ?? {}).filter(([name]) => !(`details.${name}` in personal));
  return sha256(
    canonicalJson({ ...rest, details: details === null ? null : Object.fromEntries(impersonal), personal: digests }),
  );
}

/** The hash of a link: of its own members and the hash before it. */
export function linkHash(previous: string, { seq, id, occurred_at, digest }: Link): string {
  return sha256(canonicalJson({ digest, id, occurred_at, previous, seq }));
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
