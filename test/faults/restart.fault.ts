import { describe, it } from '@jest/globals';
import { play } from './scenario.js';

describe('The database is restarted immediately under load', () => {
  it.each([2, 12])('with %i workers', async (workers) => {
    await play('database restarted immediately', { workers }, async ({ database, load, recovered }) => {
      await database.stopImmediately();
      await database.startAgain();
      recovered();
      await load.flow(300);
    });
  });
});
