import type { Command } from 'commander';
import type { ManagementApi } from '../management-api.js';
import type { CommonOptions, Tools } from './resource.js';

type FindUser = (api: ManagementApi, tenant: string, given: string) => Promise<string>;

/** Ways back for a user: a forgotten password, and a deletion that was asked for. */
export function addUserRecovery(noun: Command, { common, api: connect, answer }: Tools, findUser: FindUser): void {
  common(
    noun
      .command('mail-reset-password <tenant> <user>')
      .description('mail a link to choose another password; the present one works until then'),
  ).action(async (tenant: string, user: string, options: CommonOptions) => {
    const api = await connect(options);
    const path = { tenant, user_id: await findUser(api, tenant, user) };
    await api.send('sendPasswordResetMail', { path, missing: `user ${user} of tenant ${tenant}` });
    answer(options, {}, () => `A link to choose another password was mailed to the user ${user} of tenant ${tenant}.`);
  });
  common(
    noun
      .command('withdraw-deletion <tenant> <user>')
      .description('keep the account of a user who asked for its deletion'),
  ).action(async (tenant: string, user: string, options: CommonOptions) => {
    const api = await connect(options);
    const path = { tenant, user_id: await findUser(api, tenant, user) };
    const missing = `user ${user} of tenant ${tenant}`;
    const { body } = await api.send('withdrawUserDeletion', { path, missing });
    answer(options, body ?? {}, () => `The user ${user} of tenant ${tenant} is kept.`);
  });
}
