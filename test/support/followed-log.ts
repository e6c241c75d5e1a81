import type { ListedEvent } from './audit.js';
import type { ManagementClient } from './management-client.js';

export interface Pulled {
  readonly data: readonly ListedEvent[];
  readonly page: { readonly next: string; readonly has_more: boolean };
}

export function pull(client: ManagementClient, slug: string, query: Readonly<Record<string, string>> = {}) {
  return client.get<Pulled>(`/tenants/${slug}/audit-events/pull?${new URLSearchParams(query)}`);
}

/** Everything after the cursor, as a consumer gets it that goes on until there is no more. */
export async function pullAll(client: ManagementClient, slug: string, query: Readonly<Record<string, string>> = {}) {
  const data: ListedEvent[] = [];
  for (let after = query['after'] ?? ''; ;) {
    const { page, ...pulled } = await pull(client, slug, { ...query, after });
    data.push(...pulled.data);
    after = page.next;
    if (!page.has_more) return { data, next: page.next };
  }
}
