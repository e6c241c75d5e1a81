import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { mayBeDomain } from './domain-name.js';
import { findReservation } from './reserved-slugs.js';
import type { OwnAddresses, TenantAddress } from './tenant-address.js';

/** What a tenant's slug is: one DNS label in lower case. */
export const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const HOST_HEADER = /^(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const TENANT_PATH = /^\/t\/([a-z0-9-]{1,63})(?=[/?]|$)/;
/** RFC 8414 §3.1 puts the well-known part between host and issuer path. */
const INSERTED_METADATA =
  /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))\/t\/([a-z0-9-]{1,63})(?=\?|$)/;

export interface Location {
  /** Absent on the platform's own pages and API. */
  readonly address: TenantAddress | undefined;
  /** The request target below the tenant: what the routes see. */
  readonly url: string;
}

/** A location as far as it can be told without asking the database. */
export interface ReadLocation extends Location {
  /** The host, when it is none of ours: it may be a tenant's own domain. Then nothing else of this holds. */
  readonly domain?: string;
}

interface NamedTenant {
  readonly slug: string;
  readonly addresses: OwnAddresses;
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
  locate(hostHeader: string | undefined, url: string): ReadLocation | undefined {
    const host = normalizeHost(hostHeader);
    if (host === undefined) return undefined;
    const slug = this.slugOfHost(host);
    // A tenant's own host never serves another tenant's path: below it, `/t/...` is just an unknown path.
    if (slug !== undefined) return { address: { kind: 'host', slug }, url };
    return this.mayBeDomain(host) ? { ...locatePath(url), domain: host } : locatePath(url);
  }

  issuer(address: TenantAddress): string {
    if (address.kind === 'path') return `${this.config.publicUrl}/t/${address.slug}`;
    const host = address.kind === 'domain' ? address.domain : `${address.slug}${this.hostSuffix}`;
    return `${this.hostScheme}//${host}${this.hostPort}`;
  }

  /** Every address of the tenant now; the first one is its primary address. */
  of({ slug, addresses: { primary, domains = [], formerSlugs = [] } }: NamedTenant): TenantAddress[] {
    const own = domains.map((domain) => ({ kind: 'domain', domain, slug }) as const);
    const former = formerSlugs.filter(({ answersUntil }) => answersUntil > Date.now());
    return [
      ...own.filter(({ domain }) => domain === primary),
      ...bySlug(slug),
      ...own.filter(({ domain }) => domain !== primary),
      ...former.flatMap((one) => bySlug(one.slug)),
    ];
  }

  /** The address that mails and the management API show. */
  primary({ slug, addresses: { primary } }: NamedTenant): TenantAddress {
    return primary ? { kind: 'domain', domain: primary, slug } : { kind: 'path', slug };
  }

  /** Every issuer identifier of the tenant; the first one is its primary address. */
  issuers(tenant: NamedTenant): readonly string[] {
    return this.of(tenant).map((address) => this.issuer(address));
  }

  /** Both issuer identifiers of a slug. */
  issuersOfSlug(slug: string): readonly string[] {
    return bySlug(slug).map((address) => this.issuer(address));
  }

  /** Why the platform gives no tenant this domain, if so: it is its own. */
  findOwn(domain: string): string | undefined {
    const ours = [this.publicHost, this.hostSuffix.slice(1)];
    return ours.some((host) => domain === host || domain.endsWith(`.${host}`))
      ? 'must not be a host of the platform itself'
      : undefined;
  }

  /** The address whose issuer identifier this is, if it has the form of one. */
  parse(issuer: string): TenantAddress | undefined {
    const path = `${this.config.publicUrl}/t/`;
    if (issuer.startsWith(path)) return withSlug('path', issuer.slice(path.length));
    const prefix = `${this.hostScheme}//`;
    if (!issuer.startsWith(prefix) || !issuer.endsWith(this.hostPort)) return undefined;
    const host = issuer.slice(prefix.length, issuer.length - this.hostPort.length);
    if (host.endsWith(this.hostSuffix)) return withSlug('host', host.slice(0, -this.hostSuffix.length));
    return this.mayBeDomain(host) ? { kind: 'domain', domain: host } : undefined;
  }

  /** Why no new tenant may have this slug, if so. */
  findReservation(slug: string): string | undefined {
    return findReservation(slug, this.config.tenantHostSuffix, [this.publicHost]);
  }

  private mayBeDomain(host: string): boolean {
    return host !== this.publicHost && !host.endsWith(this.hostSuffix) && mayBeDomain(host);
  }

  private slugOfHost(host: string): string | undefined {
    if (host === this.publicHost || !host.endsWith(this.hostSuffix)) return undefined;
    const label = host.slice(0, -this.hostSuffix.length);
    return label.includes('.') ? undefined : label;
  }
}

function bySlug(slug: string): TenantAddress[] {
  return [
    { kind: 'path', slug },
    { kind: 'host', slug },
  ];
}

function withSlug(kind: 'path' | 'host', slug: string): TenantAddress | undefined {
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
