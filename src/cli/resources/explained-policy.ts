import type { ManagementApi, Member } from '../management-api.js';
import { cell, tableOf } from '../table.js';

interface Decided {
  readonly by: string;
  readonly value: unknown;
  readonly in_force: boolean;
}

/** Where every value of a tenant's policy comes from. */
export async function explainedPolicy(
  api: ManagementApi,
  slug: string,
  { client, missing }: { readonly client: string | undefined; readonly missing: string },
): Promise<{ readonly answer: Member; readonly shown: string }> {
  const query = { explain: 'true', client_id: client } as const;
  const { body: answer } = await api.send('getEffectivePolicy', { path: { tenant: slug }, query, missing });
  const members = Object.entries(answer['explained'] as Record<string, Member>).map(([member, explained]) => ({
    member,
    ...explained,
  }));
  const columns = [
    ['MEMBER', 'member'],
    ['VALUE', 'value'],
    ['FROM', 'from'],
    ['LOCKED BY', ({ locked_by: by }: Member) => by ?? ''],
    ['WITHOUT EFFECT', ({ decided }: Member) => withoutEffect(decided as Decided[])],
  ] as const;
  return { answer, shown: tableOf(columns, members) };
}

function withoutEffect(decided: readonly Decided[]): string {
  const idle = decided.filter(({ in_force: inForce }) => !inForce);
  return idle.map(({ by, value }) => `${by}: ${cell(value)}`).join('; ');
}
