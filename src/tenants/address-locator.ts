import { Injectable } from '@nestjs/common';
import { DomainDirectory } from './domain-directory.js';
import { type Location, TenantAddresses } from './tenant-addresses.js';

/** Answered alike under every name, also while the database is away: balancers ask by names of their own. */
const SAME_EVERYWHERE = /^\/health\/(?:live|ready)(?:\?|$)/;

/** Which tenant a request is addressed to. Only a host that is none of ours makes this ask for the domains of tenants. */
@Injectable()
export class AddressLocator {
  constructor(
    private readonly addresses: TenantAddresses,
    private readonly domains: DomainDirectory,
  ) {}

  /**
   * At once for hosts of ours and for domains that are known, else a promise.
   * @returns undefined when the Host header is not one (RFC 9112 §3.2: answer 400)
   */
  locate(hostHeader: string | undefined, url: string): Location | undefined | Promise<Location | undefined> {
    const read = this.addresses.locate(hostHeader, url);
    if (read?.domain === undefined || SAME_EVERYWHERE.test(url)) return read;
    const { domain } = read;
    const at = (owner: { readonly slug: string } | undefined): Location =>
      // As at a host of ours, `/t/...` is just an unknown path there.
      owner ? { address: { kind: 'domain', domain, slug: owner.slug }, url } : read;
    const owner = this.domains.find(domain);
    return owner instanceof Promise ? owner.then(at) : at(owner);
  }
}
