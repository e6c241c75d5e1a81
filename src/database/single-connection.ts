import { Client, type ClientConfig } from 'pg';

const CONNECT_DEADLINE_MS = 3000;
const GOODBYE_MS = 500;

/**
 * One connection outside the pool, for migrations, checks and the change feed. When it breaks, the current statement
 * fails and the process goes on.
 * @throws the driver's error when there is no connection in time
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

/** Closes the connection, and does not wait long for a server that does not answer. */
export async function closeConnection(client: Client): Promise<void> {
  const timer = setTimeout(() => severConnection(client), GOODBYE_MS);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

export function severConnection(client: Client): void {
  client.connection.stream.destroy();
}
