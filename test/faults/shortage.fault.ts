import { describe, it } from '@jest/globals';
import { Client } from 'pg';
import { FaultServer } from './fault-database.js';
import { diskOfItsOwn, fullByTrigger } from './full-disk.js';
import { play } from './scenario.js';
import { until } from './until.js';

const ALLOWED_CONNECTIONS = 40;
/** Three of them are kept for superusers, and two processes have one each for the change feed. */
const LEFT_CONNECTIONS = 10;
const END_ALL = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'tenantry'`;

describe('The database is short of', () => {
  it('connections, which other clients take', async () => {
    const database = () => FaultServer.start({ max_connections: String(ALLOWED_CONNECTIONS) });
    await play('fewer connections than the pools want', { database, workers: 2 }, async (stage) => {
      const { load, recovered, problem } = stage;
      const others = await takeConnections(stage.database);
      const before = { good: load.tally.good, requests: load.tally.requests };
      await load.flow(300);
      const requests = load.tally.requests - before.requests;
      const good = load.tally.good - before.good;
      if (good < requests / 2) problem(`only ${good} of ${requests} requests succeeded with connections free`);
      await Promise.all(others.map((one) => one.end()));
      recovered();
      await load.flow(100);
    });
  });

  it('room on its disk', async () => {
    const disk = diskOfItsOwn();
    const database = () => FaultServer.start({}, (server) => disk.tablespace(server));
    const scenario = `disk full (${disk.isReal ? 'tablespace on a small tmpfs' : 'simulated by triggers that raise 53100'})`;
    try {
      await play(scenario, { database }, async (stage) => {
        const { load, recovered, problem } = stage;
        const full = disk.isReal ? disk.fill() : await fullByTrigger(stage.database);
        const before = load.tally.unavailable;
        if (!(await until(() => load.tally.unavailable >= before + 30))) problem('nobody noticed that it is full');
        await full.makeRoom();
        recovered();
        await load.flow(100);
      });
    } finally {
      disk.remove();
    }
  });
});

/** All but a few of the connections, also those that the platform had. */
async function takeConnections(database: FaultServer): Promise<Client[]> {
  const taken: Client[] = [];
  const wanted = ALLOWED_CONNECTIONS - LEFT_CONNECTIONS;
  await until(async () => {
    await database.query(END_ALL);
    while (taken.length < wanted) {
      const client = new Client({ connectionString: database.directServingUrl });
      client.on('error', () => undefined);
      const connected = await client.connect().then(
        () => true,
        () => false,
      );
      if (!connected) break;
      taken.push(client);
    }
    return taken.length >= wanted;
  });
  return taken;
}
