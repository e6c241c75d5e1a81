import type { IdOf, LooseRequest, Member } from '../management-api.js';
import { tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';

export const DRY_RUN = ['--dry-run', 'change nothing, and say which clients and users it would break'] as const;

/** Asks for what a change of a policy would break, through all pages of tenants. */
export async function dryRun(
  tools: Tools,
  options: CommonOptions,
  { write, path, missing }: LooseRequest & { readonly write: IdOf<'patch'> },
  body: Member,
): Promise<void> {
  const api = await tools.api(options);
  const tenants: Member[] = [];
  let examined = 0;
  let after: string | undefined;
  do {
    const query = { dry_run: 'true', ...(after !== undefined && { after }) };
    const { body: page } = await api.perform(write, { path: path ?? {}, body, query, missing: missing ?? '' });
    tenants.push(...(page['tenants'] as Member[]));
    examined += Number(page['tenants_examined']);
    after = (page['next'] as string | null) ?? undefined;
  } while (after !== undefined);
  const answer = { dry_run: true, tenants_examined: examined, tenants, next: null };
  tools.answer(options, answer, () => describe(examined, tenants));
}

function describe(examined: number, tenants: readonly Member[]): string {
  const rows = tenants.flatMap((impact) => [
    ...(impact['clients'] as Member[]).map((client) => ({
      ...client,
      tenant: impact['tenant'],
      who: client['client_id'],
    })),
    ...(impact['users'] as Member[]).map((users) => ({
      ...users,
      tenant: impact['tenant'],
      who: `${String(users['affected'])} users`,
    })),
  ]);
  const notes = new Set(tenants.flatMap(({ notes: all }) => all as string[]));
  const partly = tenants.filter(({ complete }) => complete === false).map(({ tenant }) => String(tenant));
  return [
    rows.length === 0
      ? 'No client and no user would meet anything new.'
      : tableOf(
          [
            ['TENANT', 'tenant'],
            ['WHO', 'who'],
            ['WHAT', 'code'],
            ['DETAIL', 'detail'],
          ],
          rows,
        ),
    ...notes,
    ...(partly.length > 0 ? [`Not all clients and users were looked at: ${partly.join(', ')}.`] : []),
    `Nothing was changed. ${examined === 1 ? 'One tenant was' : `${examined} tenants were`} looked at.`,
  ].join('\n');
}
