import type { TenantId } from '../../src/database/tenant-id.js';
import type { World } from './world.js';

/** One call of a repository method with acme's ids and digests, in the name of any tenant. */
export type Call = (tenantId: TenantId) => Promise<unknown>;

export interface RepositoryCase {
  /** Makes what the call is about in acme, so that the same call finds or changes something there. */
  readonly prepare: (world: World) => Promise<Call> | Call;
  /** Whether a result says that nothing was found; unless given: undefined, false, 0, an empty list, a refusal. */
  readonly foundNothing?: (result: unknown) => boolean;
}

export type RepositoryCases = Readonly<Record<string, RepositoryCase>>;

export const FOREIGN_KEY_VIOLATION = '23503';
const LOCK_NOT_AVAILABLE = '55P03';

/** For a method that waits for a lock: true when somebody of that tenant holds it. */
export async function isHeld(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return false;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return true;
    throw error;
  }
}
