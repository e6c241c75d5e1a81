import type { Command } from 'commander';
import type { Member } from '../management-api.js';
import { table } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';

const COLUMNS = [
  ['DAY', 'day'],
  ['SIGN-INS', 'sign_ins'],
  ['FAILED', 'failed_sign_ins'],
  ['NEW USERS', 'new_users'],
  ['TOKENS', 'issued_tokens'],
  ['REFUSED', 'refused_tokens'],
  ['MAILS', 'mails'],
] as const;

type UsageOptions = CommonOptions & { readonly from?: string; readonly to?: string };

/** `tenantry tenants usage`: how much a tenant was used, day by day. */
export function addUsage(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun
      .command('usage <slug>')
      .description('show how much a tenant was used, day by day in UTC')
      .option('--from <date>', 'the first day, such as 2026-12-01; default: 29 days before the last one')
      .option('--to <date>', 'the last day; default: today'),
  ).action(async (slug: string, options: UsageOptions) => {
    const api = await connect(options);
    const missing = `tenant ${slug}; "npx tenantry tenants list" shows what there is`;
    const query = { from: options.from, to: options.to };
    const { body } = await api.send('getUsage', { path: { tenant: slug }, query, missing });
    answer(options, body, () => usageTable(body));
  });
}

/** Days on which something happened, and the sum of all. */
function usageTable({ from, to, total, data }: Member): string {
  const days = (data as Member[]).filter((day) => COLUMNS.some(([, name]) => name !== 'day' && day[name] !== 0));
  const rows = [...days, { day: 'total', ...(total as Member) }];
  const cells = rows.map((row: Member) => COLUMNS.map(([, name]) => String(row[name])));
  return `${table(
    COLUMNS.map(([head]) => head),
    cells,
  )}\nFrom ${String(from)} to ${String(to)}. Days without anything are left out.`;
}
