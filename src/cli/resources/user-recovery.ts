import type { Command } from 'commander';
import type { CommonOptions, Tools } from './resource.js';
import { userOf, userTarget } from './user-target.js';

/** Ways back for a user: a forgotten password, and a deletion that was asked for. */
export function addUserRecovery(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun
      .command('mail-reset-password <tenant> <user>')
      .description('mail a link to choose another password; the present one works until then'),
  ).action(async (tenant: string, user: string, options: CommonOptions) => {
    const api = await connect(options);
    await api.send('sendPasswordResetMail', await userTarget(api, tenant, user));
    answer(options, {}, () => `A link to choose another password was mailed to the ${userOf(tenant, user)}.`);
  });
  common(
    noun
      .command('withdraw-deletion <tenant> <user>')
      .description('keep the account of a user who asked for its deletion'),
  ).action(async (tenant: string, user: string, options: CommonOptions) => {
    const api = await connect(options);
    const { body } = await api.send('withdrawUserDeletion', await userTarget(api, tenant, user));
    answer(options, body ?? {}, () => `The ${userOf(tenant, user)} is kept.`);
  });
}
