import { type Transaction, statement } from './statement.js';

const begin = statement('savepoint.begin', 'SAVEPOINT part');
const keep = statement('savepoint.keep', 'RELEASE SAVEPOINT part');
const undo = statement('savepoint.undo', 'ROLLBACK TO SAVEPOINT part');

/**
 * A part of a transaction that is undone unless it says otherwise. As many statements are sent either way, so that the
 * time does not tell which it was.
 * @param work tells whether what it did is kept
 */
export async function inPart(transaction: Transaction, work: () => Promise<boolean>): Promise<boolean> {
  await transaction.query(begin, []);
  const isKept = await work();
  await transaction.query(isKept ? keep : undo, []);
  return isKept;
}
