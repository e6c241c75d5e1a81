import type { Command } from 'commander';
import type { Member } from '../management-api.js';
import { UsageError } from '../installation.js';
import { pairs, tableOf } from '../table.js';
import { toNumber } from './options.js';
import type { CommonOptions, Tools } from './resource.js';

interface DeletionOptions extends CommonOptions {
  readonly days?: number;
  readonly immediately?: boolean;
}

const HINT = '; "npx tenantry tenants list" shows what there is';

/** Commands that end tenants, and show how they ended. */
export function addTenantDeletion(noun: Command, tools: Tools): void {
  const { common, api: connect, answer } = tools;
  common(noun.command('delete <slug>').description('suspend a tenant at once and delete it after some days'))
    .option('--days <number>', 'for how many days it can be withdrawn (default: that of the platform)', toNumber)
    .option('--immediately', 'destroy a suspended tenant now; this cannot be withdrawn')
    .option('--yes', 'do not ask')
    .action(async (slug: string, options: DeletionOptions) => {
      if (options.immediately && options.days !== undefined) throw new UsageError('Give --days or --immediately.');
      await scheduleDeletion(tools, slug, options);
    });
  common(
    noun
      .command('withdraw-deletion <slug>')
      .description('keep a tenant whose deletion has not begun, as it was before'),
  ).action(async (slug: string, options: CommonOptions) => {
    const api = await connect(options);
    const missing = `scheduled deletion of tenant ${slug}`;
    await api.send('withdrawTenantDeletion', { path: { tenant: slug }, missing });
    answer(options, {}, () => `Tenant ${slug} is kept.`);
  });
  common(noun.command('deletion <slug>').description('show the scheduled deletion of a tenant')).action(
    async (slug: string, options: CommonOptions) => {
      const request = { path: { tenant: slug }, missing: `scheduled deletion of tenant ${slug}` };
      const { body } = await (await connect(options)).send('getScheduledDeletion', request);
      answer(options, body, () => pairs(body));
    },
  );
  common(noun.command('deletions').description('list the deletions of tenants, with their states')).action(
    async (options: CommonOptions) => {
      const items = await (await connect(options)).list('listTenantDeletions', { missing: 'deletions' });
      answer(options, { data: items }, () => (items.length === 0 ? 'There are no deletions.' : listOf(items)));
    },
  );
  common(
    noun.command('receipt <deletion_id>').description('show the deletion of a tenant, with its signed receipt'),
  ).action(async (id: string, options: CommonOptions) => {
    const request = { path: { deletion: id }, missing: `deletion ${id}` };
    const { body } = await (await connect(options)).send('getTenantDeletion', request);
    answer(options, body, () => pairs(body));
  });
}

async function scheduleDeletion(tools: Tools, slug: string, options: DeletionOptions): Promise<void> {
  const { days, immediately } = options;
  const api = await tools.api(options);
  const missing = `tenant ${slug}${HINT}`;
  const target = { path: { tenant: slug }, missing };
  await api.send('getTenant', target);
  await tools.confirm(
    options,
    immediately
      ? `The tenant ${slug} will be gone. Its users, clients, keys and audit events go with it and cannot be restored.`
      : `The tenant ${slug} will be suspended now, and gone after its time. Until then it can be kept.`,
  );
  const body = { ...(days !== undefined && { after_days: days }), ...(immediately && { immediately }) };
  const { body: deletion } = await api.send('scheduleTenantDeletion', { ...target, body });
  tools.answer(options, deletion, () => sentencesOf(slug, deletion));
}

function sentencesOf(slug: string, { id, status, scheduled_for: until }: Member): string {
  if (status === 'destroyed') {
    return `The tenant ${slug} is gone. "npx tenantry tenants receipt ${String(id)}" shows the receipt.`;
  }
  if (status === 'scheduled') {
    return `The tenant ${slug} is suspended and will be gone at ${String(until)}. "npx tenantry tenants withdraw-deletion ${slug}" keeps it.`;
  }
  return `The tenant ${slug} is being destroyed. "npx tenantry tenants receipt ${String(id)}" shows how far it is.`;
}

function listOf(items: readonly Member[]): string {
  return tableOf(
    [
      ['ID', 'id'],
      ['SLUG', 'slug'],
      ['STATE', 'status'],
      ['UNTIL', 'scheduled_for'],
      ['BY', 'requested_by'],
    ],
    items,
  );
}
