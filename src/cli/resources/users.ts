import { text } from 'node:stream/consumers';
import { UsageError } from '../installation.js';
import { newPassword } from '../new-password.js';
import { addBulk } from './bulk-command.js';
import { change } from './change.js';
import { AGE, searching } from './list-options.js';
import { enabling, toBoolean } from './options.js';
import type { CommonOptions, Option, Resource } from './resource.js';
import { addUserFactors } from './user-factors.js';
import { addUserSessions } from './user-sessions.js';
import { addUserRecovery } from './user-recovery.js';
import { findUser, userOf, userTarget } from './user-target.js';

const ACCOUNT: readonly Option[] = [
  { flags: '--email <address>', member: 'email', description: 'e-mail address, which signs in like the user name' },
  {
    flags: '--email-verified <boolean>',
    member: 'email_verified',
    description: 'the address is known to be the person’s',
    read: toBoolean,
  },
  { flags: '--name <text>', member: 'name', description: 'full name' },
  {
    flags: '--admin <boolean>',
    member: 'tenant_admin',
    description: 'may use the management API of the tenant',
    read: toBoolean,
  },
];

export const users: Resource = {
  noun: 'users',
  operations: { list: 'listUsers', show: 'getUser', create: 'createUser', update: 'updateUser', delete: 'deleteUser' },
  one: 'user',
  summary: 'accounts of people',
  argument: 'user',
  idMember: 'username',
  findId: findUser,
  list: {
    summary: 'list the users of a tenant',
    filters: [
      ...searching('a user name, e-mail address, name, surname or id', 'created_at, username, email or name'),
      { flags: '--identifier <text>', member: 'identifier', description: 'a user name or e-mail address in full' },
      { flags: '--enabled <boolean>', member: 'enabled', description: 'those that may sign in, or may not' },
      {
        flags: '--email-verified <boolean>',
        member: 'email_verified',
        description: 'those with a verified address, or without',
      },
      { flags: '--role <name>', member: 'role', description: 'those with this role at the management API' },
      { flags: '--group <id>', member: 'group_id', description: 'the members of this group' },
      ...AGE,
    ],
    columns: [
      ['ID', 'id'],
      ['USER NAME', 'username'],
      ['E-MAIL', 'email'],
      ['NAME', 'name'],
      ['ADMINISTRATOR', ({ tenant_admin: admin }) => (admin ? 'yes' : 'no')],
      ['STATE', ({ enabled }) => (enabled ? 'enabled' : 'disabled')],
    ],
  },
  create: {
    summary: 'make an account, with a password that is made here and shown this once',
    argument: { name: '<username>', member: 'username' },
    options: [
      ...ACCOUNT,
      { flags: '--no-password', member: 'password', description: 'make no password: nobody can sign in yet' },
    ],
    complete: async ({ password, ...body }, api, tenant) => {
      if (password === false) return body;
      // Commander says `true` where --no-password was not given.
      return { ...body, password: typeof password === 'string' ? password : await newPassword(api, tenant) };
    },
  },
  update: ACCOUNT,
  switches: enabling({
    disable: 'end all sessions and tokens of a user, who cannot sign in any more',
    disabled: 'every session and token has ended',
    enable: 'let a disabled user sign in again',
  }),
  deletion: { summary: 'delete a user', consequence: 'Sessions, consents and tokens end with the account.' },
  more: (noun, tools) => {
    const { common, api: connect, answer } = tools;
    addUserFactors(noun, tools);
    addUserSessions(noun, tools);
    addUserRecovery(noun, tools);
    addBulk(noun, tools, 'users');
    common(
      noun
        .command('mail-set-password <tenant> <user>')
        .description('mail a link with which the person sets a password; the present one stays until then'),
    ).action(async (tenant: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('mailSetPassword', await userTarget(api, tenant, user));
      answer(options, body, () => `A link to set the password was mailed to the ${userOf(tenant, user)}.`);
    });
    common(
      noun
        .command('set-password <tenant> <user>')
        .description('give a user another password, made here and shown this once; all sessions and tokens end')
        .option('--stdin', 'read the password from standard input instead'),
    ).action(async (tenant: string, user: string, options: CommonOptions & { readonly stdin?: boolean }) => {
      const given = options.stdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
      if (given === '') throw new UsageError('There is no password on standard input.');
      const api = await connect(options);
      const password = given ?? (await newPassword(api, tenant));
      const target = await userTarget(api, tenant, user);
      const { body } = await change(api, { read: 'getUser', write: 'updateUser', ...target }, { password });
      const shown = given === undefined ? { ...body, password } : body;
      const sentence = `The ${userOf(tenant, user)} has another password.`;
      answer(options, shown, () => (given === undefined ? `${sentence}\n  password  ${password}` : sentence));
    });
  },
};
