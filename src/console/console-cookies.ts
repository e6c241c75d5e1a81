import { parse, serialize } from 'cookie';
import type { Tenant } from '../tenants/tenant.js';
import { SYSTEM_TENANT_SLUG } from '../database/tenant-id.js';
import type { ConsolePlace } from './console-request.js';

/** As long as a person may take to sign in. */
const SIGN_IN_LIFETIME_SECONDS = 1800;
/** More than anybody begins at once. */
const MAX_SIGN_INS = 8;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const MAX_VALUE_LENGTH = 3500;

/** What a sign-in needs when it comes back. It is of no use to anybody but this browser. */
export interface BegunSignIn {
  /** PKCE, RFC 7636 §4.1. */
  readonly verifier: string;
  readonly nonce: string;
  /** A path below the console. */
  readonly returnTo: string;
}

/** The cookies of one console. */
export class ConsoleCookies {
  constructor(
    private readonly tenant: Tenant,
    private readonly place: ConsolePlace,
  ) {}

  /** The secret of the session. */
  readSession(header: string | undefined): string | undefined {
    const value = header === undefined ? undefined : parse(header)[this.name('console')];
    return value !== undefined && SECRET.test(value) ? value : undefined;
  }

  writeSession(secret: string): string {
    return serialize(this.name('console'), secret, this.attributes);
  }

  removeSession(): string {
    return serialize(this.name('console'), '', { ...this.attributes, maxAge: 0 });
  }

  /** `Set-Cookie` values: the sign-in under its state, without those that were begun and left. */
  writeSignIn(header: string | undefined, state: string, begun: BegunSignIn): string[] {
    const left = this.signIns(header);
    const removed = left.length < MAX_SIGN_INS ? [] : left;
    const value = Buffer.from(JSON.stringify([begun.verifier, begun.nonce, begun.returnTo])).toString('base64url');
    return [
      ...removed.map((name) => serialize(name, '', { ...this.attributes, maxAge: 0 })),
      serialize(this.name(`console-${state}`), value, { ...this.attributes, maxAge: SIGN_IN_LIFETIME_SECONDS }),
    ];
  }

  readSignIn(header: string | undefined, state: string): BegunSignIn | undefined {
    if (header === undefined || !SECRET.test(state)) return undefined;
    const value = parse(header)[this.name(`console-${state}`)];
    if (value === undefined || value.length > MAX_VALUE_LENGTH) return undefined;
    try {
      const [verifier, nonce, returnTo]: unknown[] = JSON.parse(
        Buffer.from(value, 'base64url').toString(),
      ) as unknown[];
      if (typeof verifier !== 'string' || typeof nonce !== 'string' || typeof returnTo !== 'string') return undefined;
      return { verifier, nonce, returnTo };
    } catch {
      return undefined; // not one of ours
    }
  }

  removeSignIn(state: string): string {
    return serialize(this.name(`console-${state}`), '', { ...this.attributes, maxAge: 0 });
  }

  private signIns(header: string | undefined): string[] {
    const prefix = this.name('console-');
    const names = header === undefined ? [] : Object.keys(parse(header));
    return names.filter((name) => name.startsWith(prefix) && SECRET.test(name.slice(prefix.length)));
  }

  /** At a host of its own bound to that host (`__Host-`); where tenants share an origin each has its own name and path. */
  protected name(name: string): string {
    const own = this.isAtOwnHost || this.isOfOperators ? name : `${this.tenant.addressSlug}-${name}`;
    if (!this.isSecure) return own;
    return this.isAtOwnHost ? `__Host-${own}` : `__Secure-${own}`;
  }

  protected get attributes() {
    const path = this.isAtOwnHost && this.isSecure ? '/' : this.place.path;
    return { path, httpOnly: true, sameSite: 'lax', secure: this.isSecure } as const;
  }

  private get isOfOperators(): boolean {
    return this.tenant.slug === SYSTEM_TENANT_SLUG;
  }

  private get isAtOwnHost(): boolean {
    return this.tenant.addressKind !== 'path';
  }

  private get isSecure(): boolean {
    return this.place.address.startsWith('https:');
  }
}
