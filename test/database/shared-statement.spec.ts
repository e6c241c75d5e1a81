import { beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseUnavailableError } from '../../src/database/database-error.js';
import { SharedStatement } from '../../src/database/shared-statement.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { times } from '../support/race.js';

const ACME = toTenantId('00000000-0000-4000-8000-000000000001');
const GLOBEX = toTenantId('00000000-0000-4000-8000-000000000002');

let sent: [tenantId: string, items: readonly number[]][];
/** What the database says to a group; nothing is wrong with it by default. */
let verdict: (items: readonly number[]) => Error | undefined;
let shared: SharedStatement<number>;
beforeEach(() => {
  sent = [];
  verdict = () => undefined;
  shared = new SharedStatement((tenantId, items) => {
    sent.push([tenantId, items]);
    const error = verdict(items);
    return error ? Promise.reject(error) : Promise.resolve();
  });
});

describe('a statement that requests share', () => {
  it('takes what was asked for in one turn of the event loop, for each tenant by itself', async () => {
    await Promise.all([shared.add(ACME, 1), shared.add(GLOBEX, 2), shared.add(ACME, 3)]);
    expect(sent).toEqual([
      [ACME, [1, 3]],
      [GLOBEX, [2]],
    ]);
    await shared.add(ACME, 4);
    expect(sent.at(-1)).toEqual([ACME, [4]]);
  });

  it('does not wait for one that is on its way', async () => {
    let end: () => void = () => undefined;
    const stuck = new SharedStatement<number>((_, items) => {
      sent.push([ACME, items]);
      return items.includes(1) ? new Promise<void>((resolve) => (end = resolve)) : Promise.resolve();
    });
    const first = stuck.add(ACME, 1);
    await new Promise((resolve) => setImmediate(resolve));
    await stuck.add(ACME, 2);
    expect(sent.map(([, items]) => items)).toEqual([[1], [2]]);
    end();
    await first;
  });

  it('is sent in parts when many ask', async () => {
    await Promise.all(times(600, (index) => shared.add(ACME, index)));
    expect(sent.map(([, items]) => items.length)).toEqual([256, 256, 88]);
    expect(new Set(sent.flatMap(([, items]) => items)).size).toBe(600);
  });

  it('fails the one that is at fault, with its own error, and stores the others', async () => {
    verdict = (items) => (items.includes(2) ? new Error('2 is wrong') : undefined);
    const answers = await Promise.allSettled([1, 2, 3].map((item) => shared.add(ACME, item)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: new Error('2 is wrong') });
    expect(sent.map(([, items]) => items)).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('fails all of them when the database is away, and is not sent again: it may have been stored', async () => {
    verdict = () => new DatabaseUnavailableError('gone');
    const answers = await Promise.allSettled([1, 2].map((item) => shared.add(ACME, item)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(sent).toHaveLength(1);
  });
});
