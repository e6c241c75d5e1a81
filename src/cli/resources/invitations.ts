import { AGE, searching } from './list-options.js';
import { toBoolean, toNumber, toList } from './options.js';
import type { CommonOptions, Resource } from './resource.js';

export const invitations: Resource = {
  noun: 'invitations',
  operations: {
    list: 'listInvitations',
    show: 'getInvitation',
    create: 'createInvitation',
    delete: 'withdrawInvitation',
  },
  one: 'invitation',
  summary: 'people who were invited by mail to make an account',
  argument: 'invitation_id',
  idMember: 'id',
  list: {
    summary: 'list the invitations of the last months',
    filters: [
      ...searching('an e-mail address', 'created_at or email'),
      { flags: '--status <status>', member: 'status', description: 'pending, accepted, withdrawn or expired' },
      ...AGE,
    ],
    columns: [
      ['ID', 'id'],
      ['E-MAIL', 'email'],
      ['STATUS', 'status'],
      [
        'ADMINISTRATOR',
        ({ tenant_admin: admin, roles }) => (admin || (roles as string[]).includes('owner') ? 'yes' : 'no'),
      ],
      ['EXPIRES', 'expires_at'],
    ],
  },
  create: {
    summary: 'invite somebody by mail to make an account',
    argument: { name: '<email>', member: 'email' },
    options: [
      { flags: '--username <name>', member: 'username', description: 'user name of the account' },
      { flags: '--name <text>', member: 'name', description: 'full name' },
      {
        flags: '--admin <boolean>',
        member: 'admin',
        description: 'may use the management API of the tenant, as its owner',
        read: toBoolean,
      },
      {
        flags: '--roles <name...>',
        member: 'roles',
        description: 'roles of the account',
        read: toList,
      },
      { flags: '--locale <language>', member: 'locale', description: 'language of the mail' },
      {
        flags: '--expires-in <seconds>',
        member: 'expires_in_seconds',
        description: 'how long it is valid (default: a week)',
        read: toNumber,
      },
    ],
    complete: async ({ admin, roles = [], ...body }) => ({
      ...body,
      roles: [...(admin === true ? ['owner'] : []), ...(roles as string[])],
    }),
  },
  deletion: {
    verb: 'withdraw',
    alias: 'delete',
    summary: 'withdraw an invitation',
    consequence: 'Its link does not work any more.',
  },
  more: (noun, { common, api: connect, answer }) => {
    common(
      noun
        .command('resend <tenant> <invitation_id>')
        .description('send an invitation again, with another link; the one before does not work any more'),
    ).action(async (tenant: string, id: string, options: CommonOptions) => {
      const api = await connect(options);
      const missing = `invitation ${id} of tenant ${tenant}`;
      const { body } = await api.send('resendInvitation', { path: { tenant, invitation_id: id }, missing });
      answer(options, body, () => `The invitation was sent again to ${String(body['email'])}.`);
    });
  },
};
