import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';
import type { Transaction } from './statement.js';
import type { TenantId } from './tenant-id.js';

/**
 * Work that belongs to a change and runs in its transaction, such as storing its audit event. An error that it throws
 * rolls the change back.
 */
export interface Companion<Written = unknown> {
  /** Before anything is written. */
  begin(transaction: Transaction): Promise<void>;
  /** After everything is written. `written` is what the change left, read in the same transaction. */
  finish(transaction: Transaction, written: Written): Promise<void>;
}

/**
 * One unit of work: a change and its companion are committed together or not at all.
 * @param work writes, and returns the result; undefined when there was nothing to change
 */
export function unitOfWork<Written>(
  database: Database,
  tenantId: TenantId,
  companion: Companion<Written> | undefined,
  work: (manager: EntityManager, transaction: Transaction) => Promise<Written | undefined>,
): Promise<Written | undefined> {
  return database.change(tenantId, async (manager, transaction) => {
    await companion?.begin(transaction);
    const written = await work(manager, transaction);
    if (written !== undefined) await companion?.finish(transaction, written);
    return written;
  });
}
