import type { Command } from 'commander';
import { type Column, tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';
import { userOf, userTarget } from './user-target.js';

const COLUMNS: readonly Column[] = [
  ['ID', 'id'],
  ['SIGNED IN', 'signed_in_at'],
  ['LAST USED', 'last_seen_at'],
  ['ADDRESS', ({ address }) => address ?? ''],
  ['BROWSER', ({ user_agent: agent }) => agent ?? ''],
];

/** Where one user is signed in, and ending that. */
export function addUserSessions(noun: Command, tools: Tools): void {
  const { common, api: connect, answer, confirm } = tools;
  common(noun.command('sessions <tenant> <user>').description('list where a user is signed in')).action(
    async (tenant: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('getUserSessions', await userTarget(api, tenant, user));
      const { data } = body;
      answer(options, body, () =>
        data.length === 0 ? `The ${userOf(tenant, user)} is not signed in anywhere.` : tableOf(COLUMNS, data),
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
    const target = await userTarget(api, tenant, user);
    await confirm(
      options,
      `The ${userOf(tenant, user)} has to sign in again ${id === undefined ? 'everywhere' : 'there'}.`,
    );
    if (id === undefined) await api.send('endUserSessions', target);
    else {
      const missing = `session ${id} of ${userOf(tenant, user)}; "npx tenantry users sessions ${tenant} ${user}" lists them`;
      await api.send('endUserSession', { path: { ...target.path, session_id: id }, missing });
    }
    answer(
      options,
      {},
      () => `The ${userOf(tenant, user)} is signed out${id === undefined ? ' everywhere' : ' there'}.`,
    );
  });
}
