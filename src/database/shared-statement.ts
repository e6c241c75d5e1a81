import { isUnavailable } from './database-error.js';
import type { TenantId } from './tenant-id.js';

/** More than a turn of the event loop brings; a larger group is sent in parts. */
const MOST_AT_ONCE = 256;

/**
 * One statement for what several requests of a tenant store in the same turn of the event loop (group commit). A round
 * trip and a transaction cost this process more than a row, so each of sixteen requests pays a part of one. Each is
 * answered after the commit. Tenants never share a statement, because row-level security knows one tenant at a time.
 */
export class SharedStatement<Item> {
  private readonly gathered = new Map<TenantId, Asked<Item>[]>();

  /** @param store one statement for all of the items: it stores every one of them, or none */
  constructor(private readonly store: (tenantId: TenantId, items: readonly Item[]) => Promise<unknown>) {}

  /** @throws what `store` throws for this item; what is wrong with another one's does not fail it */
  add(tenantId: TenantId, item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = { item, answer: { resolve, reject } };
      const group = this.gathered.get(tenantId);
      if (group) {
        group.push(asked);
        return;
      }
      this.gathered.set(tenantId, [asked]);
      // After all requests that have arrived were read.
      setImmediate(() => this.send(tenantId));
    });
  }

  private send(tenantId: TenantId): void {
    const group = this.gathered.get(tenantId) ?? [];
    this.gathered.delete(tenantId);
    for (let first = 0; first < group.length; first += MOST_AT_ONCE) {
      void this.storeAll(tenantId, group.slice(first, first + MOST_AT_ONCE));
    }
  }

  private async storeAll(tenantId: TenantId, group: readonly Asked<Item>[]): Promise<void> {
    try {
      const items = group.map(({ item }) => item);
      await this.store(tenantId, items);
      for (const { answer } of group) answer.resolve();
    } catch (error) {
      if (group.length === 1 || isUnavailable(error)) {
        for (const { answer } of group) answer.reject(error);
        return;
      }
      // One of them is at fault. By itself each meets its own.
      await Promise.all(group.map((asked) => this.storeAll(tenantId, [asked])));
    }
  }
}

interface Asked<Item> {
  readonly item: Item;
  readonly answer: {
    resolve(): void;
    reject(error: unknown): void;
  };
}
