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
  const values: Record<string, unknown> = {};
  if (address !== null) values['address'] = address;
  for (const name in details) if (isPersonal(type, name)) values[`details.${name}`] = details[name];
  return values;
}

function isPersonal(type: string, member: string): boolean {
  return DATA_OF_USERS.has(type) ? !IMPERSONAL.has(member) : member === 'identifier';
}

/** The same object when nothing in it is personal, as in nearly all events. */
function impersonalDetails({ type, details }: ChainedEvent): ChainedEvent['details'] {
  if (details === null) return null;
  const names = Object.keys(details);
  if (!names.some((name) => isPersonal(type, name))) return details;
  return Object.fromEntries(names.filter((name) => !isPersonal(type, name)).map((name) => [name, details[name]]));
}

/** A salt for each personal value, and the digest that stands for the value in the chain. */
export function commitTo(event: ChainedEvent): { readonly salts: ByPersonalValue; readonly digests: ByPersonalValue } {
  const salts: Record<string, string> = {};
  const digests: Record<string, string> = {};
  const values = personalValues(event);
  for (const name in values) {
    const salt = fewRandomBytes(SALT_BYTES).toString('base64url');
    salts[name] = salt;
    digests[name] = saltedDigest(salt, values[name]);
  }
  return { salts, digests };
}

export function saltedDigest(salt: string, value: unknown): string {
  return sha256(`${salt}${canonicalJson(value)}`);
}

/** The digest of an event: all that is not personal as it is, and the digests of what is. */
export function digestOf(event: ChainedEvent, digests: ByPersonalValue): string {
  // A member without a value is left out.
  return sha256(canonicalJson({ ...event, address: undefined, details: impersonalDetails(event), personal: digests }));
}

/** The hash of a link: of its own members and the hash before it. */
export function linkHash(previous: string, { seq, id, occurred_at, digest }: Link): string {
  return sha256(canonicalJson({ digest, id, occurred_at, previous, seq }));
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
