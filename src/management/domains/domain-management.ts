import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../database/database-error.js';
import { ProofsBusyError } from '../../domains/domain-proofs.js';
import type { DomainCheck } from '../../domains/domain-check.js';
import { DomainStandings, type ProvenDomain, detailsOf, eventOf } from '../../domains/domain-standings.service.js';
import type { DomainEntity } from '../../domains/domain.entity.js';
import { DomainTakenError, DomainsService, MAX_DOMAINS, TooManyDomainsError } from '../../domains/domains.service.js';
import { readDomain } from '../../tenants/domain-name.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { Tenant } from '../../tenants/tenant.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, limitOf, positionOf, toPage } from '../kit/paging.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { domainView } from './domain.view.js';
import type { CreateDomainDto, UpdateDomainDto } from './domains.dto.js';

const RETRY_SECONDS = 5;

/** What operators and tenant admins do with the domains of a tenant. */
@Injectable()
export class DomainManagement {
  constructor(
    private readonly service: DomainsService,
    private readonly standings: DomainStandings,
    private readonly addresses: TenantAddresses,
  ) {}

  view(domain: DomainEntity): View {
    return domainView(domain, this.addresses.issuer({ kind: 'domain', domain: domain.domain }));
  }

  async list(tenant: Tenant, query: PageQuery): Promise<Page<View>> {
    const after = positionOf(query, (position) => 'domain' in readDomain(position));
    const rows = await this.service.list(tenant.id, { after, limit: limitOf(query) + 1 });
    return toPage(rows, query, { item: (row) => this.view(row), position: ({ domain }) => domain });
  }

  /** @throws Problem when the tenant has no such domain */
  async get(tenant: Tenant, written: string): Promise<DomainEntity> {
    const read = readDomain(written);
    const domain = 'domain' in read ? await this.service.find(tenant.id, read.domain) : undefined;
    if (!domain) throw notFound();
    return domain;
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateDomainDto): Promise<WriteAnswer> {
    const read = readDomain(body.domain);
    if ('fault' in read) throw invalidMember('domain', read.fault);
    const { domain } = read;
    const own = this.addresses.findOwn(domain);
    if (own !== undefined) throw invalidMember('domain', own);
    try {
      return await write.perform<DomainEntity>({
        tenantId: tenant.id,
        change: () => ({ type: 'domain.created', target: `domain:${domain}`, body: { domain } }),
        answer: (made) => write.created({ id: domain, version: made.version }, this.view(made)),
        work: (companion) => this.service.create(tenant.id, domain, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (error instanceof TooManyDomainsError) {
        throw new Problem('conflict', `The tenant has ${MAX_DOMAINS} domains, and cannot have more. Delete one first.`);
      }
      if (!isUniqueViolation(error)) throw error;
      const detail = 'is a domain of this tenant already';
      throw new Problem('conflict', `domain ${detail}.`, [{ pointer: '/domain', detail }]);
    }
  }

  /** Looks now. The answer says what was expected and what was found, whether it is proven or not. */
  async verify(write: ManagementWrite, tenant: Tenant, name: string): Promise<WriteAnswer> {
    const known = await this.get(tenant, name);
    const check = await this.service.look(known).catch((error: unknown) => {
      if (!(error instanceof ProofsBusyError)) throw error;
      throw new Problem('too-many-requests', 'Too many domains are being looked at; try again in a moment.', [], {
        headers: { 'Retry-After': String(RETRY_SECONDS) },
      });
    });
    return known.verifiedAt === null
      ? this.keepFirst(write, tenant, known, check)
      : this.keepAgain(write, tenant, known, check);
  }

  /** Of a pending domain. */
  private async keepFirst(
    write: ManagementWrite,
    tenant: Tenant,
    known: DomainEntity,
    check: DomainCheck,
  ): Promise<WriteAnswer> {
    const { domain } = known;
    try {
      return await write.perform<DomainEntity>({
        tenantId: tenant.id,
        change: ({ verifiedBy }) => ({
          type: verifiedBy === null ? 'domain.checked' : 'domain.verified',
          target: `domain:${domain}`,
          ...(verifiedBy !== null && { details: { verified_by: verifiedBy } }),
          before: this.view(known),
        }),
        answer: (kept) => write.changed(kept, this.view(kept)),
        work: (companion) => this.service.keep(tenant.id, domain, { check }, companion),
        otherwise: () => new Problem('conflict', 'The domain was verified or deleted meanwhile; read it again.'),
      });
    } catch (error) {
      if (!(error instanceof DomainTakenError)) throw error;
      throw new Problem(
        'conflict',
        'The proof is there, but another tenant of this platform has verified the domain. It has to delete it first, or an operator does.',
      );
    }
  }

  /** Of a verified domain. */
  private keepAgain(
    write: ManagementWrite,
    tenant: Tenant,
    known: DomainEntity,
    check: DomainCheck,
  ): Promise<WriteAnswer> {
    return write.perform<ProvenDomain>({
      tenantId: tenant.id,
      change: (proven) => ({
        type: eventOf(proven.outcome) ?? 'domain.checked',
        target: `domain:${known.domain}`,
        details: detailsOf(proven),
        before: this.view(known),
      }),
      answer: ({ domain }) => write.changed(domain, this.view(domain)),
      work: (companion) => this.standings.keep(tenant.id, known, check, companion),
      otherwise: () => new Problem('conflict', 'The domain was changed or deleted meanwhile; read it again.'),
    });
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly name: string; readonly body: UpdateDomainDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { name, body, ifMatch } = change;
    const known = await this.get(tenant, name);
    checkIfMatch(ifMatch, known.version, { needed: false }); // it names a state
    if (known.verifiedAt === null) {
      throw new Problem('conflict', 'The domain is pending; it can be primary once it is verified.');
    }
    const before = this.view(known);
    return write.perform<DomainEntity>({
      tenantId: tenant.id,
      change: () => ({ type: 'domain.updated', target: `domain:${known.domain}`, body, before }),
      answer: (updated) => write.changed(updated, this.view(updated)),
      work: (companion) => this.service.setPrimary(tenant.id, known, body.primary, companion),
      otherwise: stale,
    });
  }

  async delete(
    write: ManagementWrite,
    tenant: Tenant,
    name: string,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const known = await this.get(tenant, name);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'domain.deleted', target: `domain:${known.domain}`, before: this.view(known) }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.delete(tenant.id, known.domain, companion),
      otherwise: notFound,
    });
  }
}
