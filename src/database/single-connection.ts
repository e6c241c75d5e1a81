import { Client, type ClientConfig } from 'pg';

const CONNECT_DEADLINE_MS = 3000;
const GOODBYE_MS = 500;

/**
 * One connection outside the pool, for work that is not a request: migrations, checks, the change feed. What breaks it
 * fails the statement under way and nothing else.
 * @throws what the driver says when there is none in time
 */
export async function openConnection(config: ClientConfig): Promise<Client> {
  const client = new Client({
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT_DEADLINE_MS,
    ...config,
  });
  client.on('error', () => undefined); // without a listener it would end the process
  try {
    await client.connect();
    return client;
  } catch (error) {
    severConnection(client);
    throw error;
  }
}

/** Says goodbye, and does not wait long for a server that says nothing. */
export async function closeConnection(client: Client): Promise<void> {
  const timer = setTimeout(() => severConnection(client), GOODBYE_MS);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

export function severConnection(client: Client): void {
  client.connection.stream.destroy();
}
