import type { ManagementClient } from './management-client.js';

export interface ListedEvent {
  readonly id: string;
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

/** The newest events of a tenant, oldest first. */
export async function listEvents(client: ManagementClient, slug: string, type?: string): Promise<ListedEvent[]> {
  const query = `limit=200${type === undefined ? '' : `&type=${type}`}`;
  return (await client.get<{ data: ListedEvent[] }>(`/tenants/${slug}/audit-events?${query}`)).data.reverse();
}

/** What is recorded while `work` goes on. */
export async function eventsOf(client: ManagementClient, slug: string, work: () => Promise<unknown>) {
  const known = new Set((await listEvents(client, slug)).map(({ id }) => id));
  await work();
  return (await listEvents(client, slug)).filter(({ id }) => !known.has(id));
}
