import { Client } from 'pg';
import type { HttpAnswer } from './http.js';
import type { Platform } from './platform.js';

/**
 * Sends a request while another transaction has changed rows and not yet committed: the request reads what was there
 * before, and the change is committed as soon as the request waits for it, or was answered without waiting.
 */
export async function duringChange(
  { database }: Pick<Platform, 'database'>,
  change: { readonly text: string; readonly values: readonly unknown[] },
  send: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(change.text, [...change.values]);
    let isAnswered = false;
    const answer = send().finally(() => (isAnswered = true));
    while (!isAnswered && !(await somebodyWaits(client)));
    await client.query('COMMIT');
    return await answer;
  } finally {
    await client.end();
  }
}

async function somebodyWaits(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rowCount !== 0;
}
