import type { Command } from 'commander';
import { type Column, tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';
import { userOf, userTarget } from './user-target.js';

const COLUMNS: readonly Column[] = [
  ['FACTOR', 'factor'],
  ['SINCE', ({ created_at: at }) => at ?? ''],
  ['CODES LEFT', ({ codes_left: left }) => left ?? ''],
];

/** The second factors of one user: what is set up, and a way back for who lost one. */
export function addUserFactors(noun: Command, tools: Tools): void {
  const { common, api: connect, answer, confirm } = tools;
  common(noun.command('factors <tenant> <user>').description('list the second factors of a user')).action(
    async (tenant: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('getUserFactors', await userTarget(api, tenant, user));
      const { data } = body;
      answer(options, body, () =>
        data.length === 0 ? `The ${userOf(tenant, user)} has no second factor.` : tableOf(COLUMNS, data),
      );
    },
  );
  common(
    noun
      .command('reset-factor <tenant> <user> <factor>')
      .description('take a second factor from a user who lost it, by the name that `users factors` shows')
      .option('--yes', 'do not ask'),
  ).action(async (tenant: string, user: string, factor: string, options: CommonOptions) => {
    const api = await connect(options);
    await confirm(options, `The ${userOf(tenant, user)} can sign in without the factor ${factor}.`);
    const missing = `factor ${factor} of ${userOf(tenant, user)}; "npx tenantry users factors ${tenant} ${user}" lists them`;
    const { path } = await userTarget(api, tenant, user);
    await api.send('resetUserFactor', { path: { ...path, factor }, missing });
    answer(options, {}, () => `The ${userOf(tenant, user)} has no factor ${factor} any more.`);
  });
}
