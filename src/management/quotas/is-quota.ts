import { ValidateBy } from 'class-validator';
import { PERIOD_SECONDS, type RateQuota, UNLIMITED } from '../../limits/tenant-quotas.js';

/** More than any tenant has. */
export const MOST = 1_000_000_000;
/** Of a rate: it fits a counter of the database, with its burst. */
export const MOST_OF_RATE = 10_000_000;

/** A number that is counted up to, or `unlimited`. */
export function IsQuota(least: number): PropertyDecorator {
  const validate = (value: unknown) => value === UNLIMITED || isWhole(value, least, MOST);
  const what = `must be a whole number from ${least} to ${MOST}, or "${UNLIMITED}"`;
  return ValidateBy({
    name: 'isQuota',
    constraints: [least, MOST],
    validator: { validate, defaultMessage: () => `$property ${what}` },
  });
}

/** A rate with the members `limit`, `per` and perhaps `burst`, or `unlimited`. */
export function IsRateQuota(): PropertyDecorator {
  const validate = (value: unknown) => value === UNLIMITED || isRateQuota(value);
  const periods = Object.keys(PERIOD_SECONDS).join(', ');
  const what =
    `must have limit (1 to ${MOST_OF_RATE}), per (one of ${periods}) and, if you like, burst (1 to ten times limit), ` +
    `and nothing else; or be "${UNLIMITED}"`;
  return ValidateBy({ name: 'isRateQuota', validator: { validate, defaultMessage: () => `$property ${what}` } });
}

function isRateQuota(value: unknown): value is RateQuota {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { limit, per, burst, ...others } = value as Record<string, unknown>;
  return (
    Object.keys(others).length === 0 &&
    isWhole(limit, 1, MOST_OF_RATE) &&
    typeof per === 'string' &&
    Object.hasOwn(PERIOD_SECONDS, per) &&
    (burst === undefined || isWhole(burst, 1, limit * 10))
  );
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
