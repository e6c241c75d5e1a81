import type { Command } from 'commander';
import type { Member } from '../management-api.js';
import { tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';

/** `tenantry tenants readiness`: what a tenant still needs. */
export function addReadiness(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun.command('readiness <slug>').description('show what a tenant still needs before its people can sign in'),
  ).action(async (slug: string, options: CommonOptions) => {
    const api = await connect(options);
    const missing = `tenant ${slug}; "npx tenantry tenants list" shows what there is`;
    const { body } = await api.send('getReadiness', { path: { tenant: slug }, missing });
    answer(options, body, () => describeReadiness(slug, body));
  });
}

function describeReadiness(slug: string, { ready, checks }: Member): string {
  const rows = tableOf(
    [
      ['CHECK', 'name'],
      ['STATE', 'state'],
      ['FOUND', 'detail'],
      ['TO DO', 'action'],
    ],
    checks as Member[],
  );
  return `${rows}\nTenant ${slug} is ${ready ? 'ready' : 'not ready yet'}.`;
}
