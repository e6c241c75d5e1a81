import type { Command } from 'commander';
import type { ManagementApi } from '../management-api.js';
import { type Column, tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';

type FindUser = (api: ManagementApi, tenant: string, given: string) => Promise<string>;

const COLUMNS: readonly Column[] = [
  ['FACTOR', 'factor'],
  ['SINCE', ({ created_at: at }) => at ?? ''],
  ['CODES LEFT', ({ codes_left: left }) => left ?? ''],
];

/** The second factors of one user: what is set up, and a way back for who lost one. */
export function addUserFactors(noun: Command, tools: Tools, findUser: FindUser): void {
  const { common, api: connect, answer, confirm } = tools;
  const of = (tenant: string, user: string) => `user ${user} of tenant ${tenant}`;
  const pathOf = async (api: ManagementApi, tenant: string, user: string) => ({
    tenant,
    user_id: await findUser(api, tenant, user),
  });
  common(noun.command('factors <tenant> <user>').description('list the second factors of a user')).action(
    async (tenant: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = await pathOf(api, tenant, user);
      const { body } = await api.send('getUserFactors', { path, missing: of(tenant, user) });
      const { data } = body;
      answer(options, body, () =>
        data.length === 0 ? `The ${of(tenant, user)} has no second factor.` : tableOf(COLUMNS, data),
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
    await confirm(options, `The ${of(tenant, user)} can sign in without the factor ${factor}.`);
    const missing = `factor ${factor} of ${of(tenant, user)}; "npx tenantry users factors ${tenant} ${user}" lists them`;
    await api.send('resetUserFactor', { path: { ...(await pathOf(api, tenant, user)), factor }, missing });
    answer(options, {}, () => `The ${of(tenant, user)} has no factor ${factor} any more.`);
  });
}
