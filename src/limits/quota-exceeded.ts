import { COUNTED_RESOURCES, type CountedResource } from './tenant-quotas.js';

/** SQLSTATE of the triggers that count. */
const QUOTA_EXCEEDED = 'TQ001';

/** The tenant has as many as it may. */
export interface QuotaExceeded {
  readonly quota: CountedResource;
  readonly limit: number;
  readonly used: number;
}

/** The same, noticed before anything was written. */
export class QuotaExceededError extends Error implements QuotaExceeded {
  readonly quota: CountedResource;
  readonly limit: number;
  readonly used: number;

  constructor({ quota, limit, used }: QuotaExceeded) {
    super(`The tenant has ${used} ${quota} and may have ${limit}.`);
    this.quota = quota;
    this.limit = limit;
    this.used = used;
  }
}

/** Whether the database or a check before it refused one more, and what. */
export function findQuotaExceeded(error: unknown): QuotaExceeded | undefined {
  if (error instanceof QuotaExceededError) return error;
  const { code, detail } = (error ?? {}) as { readonly code?: unknown; readonly detail?: unknown };
  if (code !== QUOTA_EXCEEDED || typeof detail !== 'string') return undefined;
  const { quota, limit, used } = JSON.parse(detail) as QuotaExceeded;
  return COUNTED_RESOURCES.includes(quota) ? { quota, limit, used } : undefined;
}
