import { Injectable } from '@nestjs/common';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { type DomainOwner, TenantsRepository } from './tenants.repository.js';

/** Names of one statement; more wait for the next one. */
const BATCH_SIZE = 500;

interface Asked {
  readonly domain: string;
  resolve(owner: DomainOwner | undefined): void;
  reject(error: unknown): void;
}

/**
 * Whose a domain is. Strangers send any Host header they like. So what is not there is remembered in the small part of
 * the caches that is for that, and names that are asked for while a statement is under way share the next one: there is
 * one statement at a time, however many names there are.
 */
@Injectable()
export class DomainDirectory {
  private readonly owners: TenantCache<DomainOwner>;
  private waiting: Asked[] = [];
  private isAsking = false;

  constructor(
    private readonly repository: TenantsRepository,
    caches: TenantCaches,
  ) {
    this.owners = caches.create<DomainOwner>({
      name: 'domains',
      lifetimeSeconds: 300,
      load: (domain) => this.load(domain),
      sizeOf: ({ domain, slug }) => 200 + 2 * (domain.length + slug.length),
      // A tenant is announced under each of its names.
      keysOf: ({ table, key }) => (table === 'tenants' ? [key] : []),
    });
  }

  /** @returns undefined for a domain that no tenant has verified; a suspended tenant keeps its domains */
  find(domain: string): DomainOwner | undefined | Promise<DomainOwner | undefined> {
    return this.owners.find(domain);
  }

  /** What is known of it, without asking the database. */
  peek(domain: string): DomainOwner | undefined {
    return this.owners.peek(domain);
  }

  private load(domain: string): Promise<DomainOwner | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ domain, resolve, reject });
      if (!this.isAsking) void this.ask();
    });
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    // Those of this turn of the event loop go together.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.answer(this.waiting.splice(0, BATCH_SIZE));
    this.isAsking = false;
  }

  private async answer(asked: readonly Asked[]): Promise<void> {
    try {
      const found = await this.repository.findDomainOwners(asked.map(({ domain }) => domain));
      const owners = new Map(found.map((owner) => [owner.domain, owner]));
      for (const one of asked) one.resolve(owners.get(one.domain));
    } catch (error) {
      // Those that wait would find the database away as well, one batch after the other until its deadline.
      for (const one of [...asked, ...this.waiting.splice(0)]) one.reject(error);
    }
  }
}
