import { KEPT_DAYS, USAGE_NAMES, type UsageName } from './daily-usage.js';

const COLUMNS: Readonly<Record<UsageName, string>> = {
  signIns: 'sign_ins',
  failedSignIns: 'failed_sign_ins',
  newUsers: 'new_users',
  issuedTokens: 'issued_tokens',
  refusedTokens: 'refused_tokens',
  mails: 'mails',
};

const NAMES = USAGE_NAMES.map((name) => COLUMNS[name]);
const AS_DAY = `AS n (day date, ${USAGE_NAMES.map((name) => `"${name}" bigint`).join(', ')})`;
const VALUES = USAGE_NAMES.map((name) => `n."${name}"`).join(', ');
const SUMS = NAMES.map((name) => `${name} = u.${name} + excluded.${name}`).join(', ');

/**
 * SQL that adds the days of a JSON parameter, as `countUsage` makes them. As a common table expression it is part of the
 * step that counts them: `source` is what that step returned, with its `tenant_id`, and without a row of it nothing is
 * added.
 */
export function addDailyUsage(parameter: string, source: string): string {
  return `INSERT INTO daily_usage AS u (tenant_id, day, ${NAMES.join(', ')}, expires_at)
    SELECT ${source}.tenant_id, n.day, ${VALUES}, n.day + interval '${KEPT_DAYS} days'
      FROM ${source}, jsonb_to_recordset(${parameter}::jsonb) ${AS_DAY}
     ORDER BY n.day
    ON CONFLICT (tenant_id, day) DO UPDATE SET ${SUMS}`;
}

/** What a select of a day names, for `DailyUsage`. */
export const USAGE_COLUMNS = `to_char(day, 'YYYY-MM-DD') AS day, ${USAGE_NAMES.map(
  (name) => `${COLUMNS[name]}::float8 AS "${name}"`,
).join(', ')}`;
