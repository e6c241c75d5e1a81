import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { findReservation } from './reserved-slugs.js';
import type { AddressKind } from './tenant.js';

/** What a tenant's slug is: one DNS label in lower case. */
export const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const HOST_HEADER = /^(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const TENANT_PATH = /^\/t\/([a-z0-9-]{1,63})(?=[/?]|$)/;
/** RFC 8414 §3.1 puts the well-known part between host and issuer path. */
const INSERTED_METADATA =
  /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))\/t\/([a-z0-9-]{1,63})(?=\?|$)/;

export interface TenantAddress {
  readonly kind: AddressKind;
  readonly slug: string;
}

export interface Location {
  /** Absent on the platform's own pages and API. */
  readonly address: TenantAddress | undefined;
  /** The request target below the tenant: what the routes see. */
  readonly url: string;
}

/**
 * Which tenant a request is addressed to, and every address of a tenant. Nothing here asks whether the tenant exists.
 */
@Injectable()
export class TenantAddresses {
  private readonly publicHost: string;
  private readonly hostSuffix: string;
  private readonly hostScheme: string;
  private readonly hostPort: string;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    const url = new URL(config.publicUrl);
    this.publicHost = url.hostname;
    this.hostScheme = url.protocol;
    this.hostPort = url.port === '' ? '' : `:${url.port}`;
    this.hostSuffix = `.${config.tenantHostSuffix}`;
  }

  /** @returns undefined when the Host header is not one (RFC 9112 §3.2: answer 400) */
  locate(hostHeader: string | undefined, url: string): Location | undefined {
    const host = normalizeHost(hostHeader);
    if (host === undefined) return undefined;
    const slug = this.slugOfHost(host);
    // A tenant's own host never serves another tenant's path: below it, `/t/...` is just an unknown path.
    if (slug !== undefined) return { address: { kind: 'host', slug }, url };
    return locatePath(url);
  }

  issuer(address: TenantAddress): string {
    return address.kind === 'path'
      ? `${this.config.publicUrl}/t/${address.slug}`
      : `${this.hostScheme}//${address.slug}${this.hostSuffix}${this.hostPort}`;
  }

  /** The address whose issuer identifier this is, if it has the form of one. */
  parse(issuer: string): TenantAddress | undefined {
    const path = `${this.config.publicUrl}/t/`;
    if (issuer.startsWith(path)) return withSlug('path', issuer.slice(path.length));
    const prefix = `${this.hostScheme}//`;
    const suffix = `${this.hostSuffix}${this.hostPort}`;
    if (!issuer.startsWith(prefix) || !issuer.endsWith(suffix)) return undefined;
    return withSlug('host', issuer.slice(prefix.length, -suffix.length));
  }

  /** Every issuer identifier of the tenant; the first one is its canonical address. */
  issuers(slug: string): readonly string[] {
    return [this.issuer({ kind: 'path', slug }), this.issuer({ kind: 'host', slug })];
  }

  /** Why no new tenant may have this slug, if so. */
  findReservation(slug: string): string | undefined {
    return findReservation(slug, this.config.tenantHostSuffix, [this.publicHost]);
  }

  private slugOfHost(host: string): string | undefined {
    if (host === this.publicHost || !host.endsWith(this.hostSuffix)) return undefined;
    const label = host.slice(0, -this.hostSuffix.length);
    return label.includes('.') ? undefined : label;
  }
}

function withSlug(kind: AddressKind, slug: string): TenantAddress | undefined {
  return SLUG.test(slug) ? { kind, slug } : undefined;
}

/** Lower case, without port and final dot; undefined for what cannot be a host. */
function normalizeHost(header: string | undefined): string | undefined {
  if (header === undefined || header.length > 260 || !HOST_HEADER.test(header)) return undefined;
  return header
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}

function locatePath(url: string): Location {
  if (url.startsWith('/t/')) {
    const slug = TENANT_PATH.exec(url)?.[1];
    if (slug === undefined) return { address: undefined, url };
    const rest = url.slice('/t/'.length + slug.length);
    return { address: { kind: 'path', slug }, url: rest.startsWith('/') ? rest : `/${rest}` };
  }
  if (url.startsWith('/.well-known/')) {
    const [matched, wellKnown, slug] = INSERTED_METADATA.exec(url) ?? [];
    if (matched !== undefined && wellKnown !== undefined && slug !== undefined) {
      return { address: { kind: 'path', slug }, url: wellKnown + url.slice(matched.length) };
    }
  }
  return { address: undefined, url };
}
