import { describe, it } from '@jest/globals';
import { play } from './scenario.js';
import { until } from './until.js';

/** What is sent in the transaction whose last answer gets lost. */
const TRANSACTIONS = {
  'code redemption': 'authorization_codes.redeem',
  rotation: 'refresh_tokens.rotate',
  'management write': 'INSERT INTO "clients"',
  'idempotency key': 'idempotency_keys.',
  'audit batch': 'audit_events.append',
};
const TIMES = 4;

describe('Answers of the database are lost after it has done what was asked', () => {
  it('for every kind of single-use thing', async () => {
    await play('answers lost: code, rotation, write, audit', {}, async ({ database, load, recovered, problem }) => {
      for (const [what, text] of Object.entries(TRANSACTIONS)) {
        const lost = database.proxy.loseAnswersTo(text, TIMES);
        if (!(await until(() => lost.count >= TIMES))) problem(`only ${lost.count} answers were lost: ${what}`);
        lost.stop();
        await load.flow(50);
      }
      recovered();
    });
  });
});
