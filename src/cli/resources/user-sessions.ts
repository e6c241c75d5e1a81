import type { Command } from 'commander';
import type { ManagementApi } from '../management-api.js';
import { type Column, tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';

type FindUser = (api: ManagementApi, tenant: string, given: string) => Promise<string>;

const COLUMNS: readonly Column[] = [
  ['ID', 'id'],
  ['SIGNED IN', 'signed_in_at'],
  ['LAST USED', 'last_seen_at'],
  ['ADDRESS', ({ address }) => address ?? ''],
  ['BROWSER', ({ user_agent: agent }) => agent ?? ''],
];

/** Where one user is signed in, and ending that. */
export function addUserSessions(noun: Command, tools: Tools, findUser: FindUser): void {
  const { common, api: connect, answer, confirm } = tools;
  const of = (tenant: string, user: string) => `user ${user} of tenant ${tenant}`;
  const pathOf = async (api: ManagementApi, tenant: string, user: string) => ({
    tenant,
    user_id: await findUser(api, tenant, user),
  });
  common(noun.command('sessions <tenant> <user>').description('list where a user is signed in')).action(
    async (tenant: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = await pathOf(api, tenant, user);
      const { body } = await api.send('getUserSessions', { path, missing: of(tenant, user) });
      const { data } = body;
      answer(options, body, () =>
        data.length === 0 ? `The ${of(tenant, user)} is not signed in anywhere.` : tableOf(COLUMNS, data),
      );
    },
  );
  common(
    noun
      .command('end-sessions <tenant> <user> [session_id]')
      .description('sign a user out everywhere, or end the one session that `users sessions` shows')
      .option('--yes', 'do not ask'),
  ).action(async (tenant: string, user: string, id: string | undefined, options: CommonOptions) => {
    const api = await connect(options);
    const path = await pathOf(api, tenant, user);
    await confirm(
      options,
      `The ${of(tenant, user)} has to sign in again ${id === undefined ? 'everywhere' : 'there'}.`,
    );
    if (id === undefined) await api.send('endUserSessions', { path, missing: of(tenant, user) });
    else {
      const missing = `session ${id} of ${of(tenant, user)}; "npx tenantry users sessions ${tenant} ${user}" lists them`;
      await api.send('endUserSession', { path: { ...path, session_id: id }, missing });
    }
    answer(options, {}, () => `The ${of(tenant, user)} is signed out${id === undefined ? ' everywhere' : ' there'}.`);
  });
}
