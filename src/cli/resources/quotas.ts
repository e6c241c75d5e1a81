import { type Command, InvalidArgumentError } from 'commander';
import type { Member } from '../management-api.js';
import { cell, table } from '../table.js';
import { change } from './change.js';
import { addChange, addOptions, bodyFor, changesOf } from './commands.js';
import type { CommonOptions, Option, Tools } from './resource.js';

const LIMITS: readonly Option[] = [
  { flags: '--users <number>', member: 'users', description: 'accounts', read: toQuota },
  { flags: '--clients <number>', member: 'clients', description: 'clients', read: toQuota },
  { flags: '--apis <number>', member: 'apis', description: 'APIs', read: toQuota },
  { flags: '--mails-per-hour <number>', member: 'mails_per_hour', description: 'mails in an hour', read: toQuota },
  {
    flags: '--token-requests <rate>',
    member: 'token_requests',
    description: 'requests to the token endpoint, such as 600/minute or 600/minute:100, with the burst after the colon',
    read: toRate,
  },
  { flags: '--sign-ins <rate>', member: 'sign_ins', description: 'attempts to sign in', read: toRate },
  {
    flags: '--management-calls <rate>',
    member: 'management_calls',
    description: 'requests to the management API',
    read: toRate,
  },
];

/** `tenantry tenants quotas`: what a tenant may have and do. */
export function addQuotas(noun: Command, tools: Tools): void {
  const command = tools.common(
    noun
      .command('quotas <slug>')
      .description(
        'show what a tenant may have and do, or limit it; those of tenant system are the defaults of all others',
      ),
  );
  addOptions(command, LIMITS);
  addChange(command);
  command.action(async (slug: string, options: CommonOptions & Record<string, unknown>) => {
    const api = await tools.api(options);
    const path = { tenant: slug };
    const missing = `tenant ${slug}; "npx tenantry tenants list" shows what there is`;
    const ids = { read: 'getQuotas', write: 'updateQuotas' } as const;
    const given = bodyFor(ids.write, changesOf(LIMITS, options));
    const { body } =
      Object.keys(given).length === 0
        ? await api.send(ids.read, { path, missing })
        : await change(api, { ...ids, path, missing }, given, options['ifMatch'] as string | undefined);
    tools.answer(options, body, () => quotaTable(body));
  });
}

function quotaTable({ quotas, effective_quotas: effective, used, available }: Member): string {
  const own = quotas as Member;
  const rows = Object.entries(effective as Member).map(([name, limit]) => [
    name,
    limit === null ? 'unlimited' : rateText(limit),
    name in own ? 'this tenant' : 'default',
    useOf(name, used as Member, available as Member),
  ]);
  return table(['LIMIT', 'VALUE', 'FROM', 'USE'], rows);
}

function useOf(name: string, used: Member, available: Member): string {
  if (name in used) return `${cell(used[name])} used`;
  const left = available[name];
  return left === null || left === undefined ? '-' : `${cell(left)} left`;
}

function rateText(limit: unknown): string {
  if (typeof limit !== 'object' || limit === null) return cell(limit);
  const { limit: number, per, burst } = limit as Member;
  return `${cell(number)}/${cell(per)}${burst === undefined ? '' : `:${cell(burst)}`}`;
}

function toQuota(text: string): number | 'unlimited' {
  if (text === 'unlimited') return text;
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It must be a number or "unlimited".');
  return Number(text);
}

function toRate(text: string): Member | 'unlimited' {
  if (text === 'unlimited') return text;
  const [, limit, per, burst] = /^(\d{1,8})\/(second|minute|hour)(?::(\d{1,9}))?$/.exec(text) ?? [];
  if (limit === undefined) {
    throw new InvalidArgumentError('It must be a rate such as 600/minute or 600/minute:100, or "unlimited".');
  }
  return { limit: Number(limit), per, ...(burst !== undefined && { burst: Number(burst) }) };
}
