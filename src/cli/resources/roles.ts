import type { Command } from 'commander';
import { UsageError } from '../installation.js';
import type { ManagementApi, Member } from '../management-api.js';
import { tableOf } from '../table.js';
import { toList } from './options.js';
import type { CommonOptions, Option, Resource, Tools } from './resource.js';
import { findUser } from './user-target.js';

const PERMISSIONS: Option = {
  flags: '--permissions <scope...>',
  member: 'permissions',
  description: 'scopes of the management API',
  read: toList,
};
const DESCRIPTION: Option = { flags: '--description <text>', member: 'description', description: 'what it is for' };

interface HolderOptions extends CommonOptions {
  readonly user?: string;
  readonly client?: string;
}

export const roles: Resource = {
  noun: 'roles',
  operations: { list: 'listRoles', show: 'getRole', create: 'createRole', update: 'updateRole' },
  one: 'role',
  summary: 'what administrators may do, and who is one',
  argument: 'role',
  idMember: 'name',
  list: {
    summary: 'list the roles of a tenant, those that are built in first',
    columns: [
      ['NAME', 'name'],
      ['CALLED', 'display_name'],
      ['BUILT IN', ({ built_in: builtIn }) => (builtIn ? 'yes' : 'no')],
      ['PERMISSIONS', ({ permissions }) => (permissions as string[]).join(' ')],
    ],
  },
  create: {
    summary: 'make a role of the tenant’s own',
    argument: { name: '<name>', member: 'name' },
    options: [
      {
        flags: '--display-name <text>',
        member: 'display_name',
        description: 'what people call it (default: its name)',
      },
      DESCRIPTION,
      PERMISSIONS,
    ],
    complete: async (body) => ({ display_name: body['name'], ...body }),
  },
  update: [
    { flags: '--display-name <text>', member: 'display_name', description: 'what people call it' },
    DESCRIPTION,
    PERMISSIONS,
  ],
  more: (noun, tools) => {
    addDeletion(noun, tools);
    addGiving(noun, tools);
  },
};

function addDeletion(noun: Command, { common, api: connect, answer, confirm }: Tools): void {
  common(
    noun
      .command('delete <tenant> <role>')
      .description('delete a role that nobody has')
      .option('--force', 'take it from everybody who has it')
      .option('--yes', 'do not ask'),
  ).action(async (tenant: string, role: string, options: CommonOptions & { readonly force?: boolean }) => {
    const api = await connect(options);
    const name = `role ${role} of tenant ${tenant}`;
    const path = { tenant, role };
    const target = { path, missing: `${name}; "npx tenantry roles list ${tenant}" shows what there is` };
    await api.send('getRole', target);
    await confirm(options, `The ${name} will be gone.${options.force ? ' Whoever has it loses what it allows.' : ''}`);
    await api.send('deleteRole', { ...target, query: { force: options.force ? true : undefined } });
    answer(options, {}, () => `The ${name} is gone.`);
  });
}

function addGiving(noun: Command, { common, api: connect, answer }: Tools): void {
  const ofHolder = (command: Command) =>
    common(
      command
        .option('--user <user>', 'a user, by id, user name or e-mail address')
        .option('--client <client_id>', 'a client that acts for itself'),
    );
  ofHolder(noun.command('of <tenant>').description('list the roles of a user or client')).action(
    async (tenant: string, options: HolderOptions) => {
      const api = await connect(options);
      const { of, name } = await holderOf(api, tenant, options);
      const { body } = await of();
      const { data } = body;
      const columns = [
        ['ROLE', 'role'],
        ['GIVEN BY', ({ given_by: by }: Member) => by ?? ''],
        ['SINCE', 'created_at'],
      ] as const;
      answer(options, body, () => (data.length === 0 ? `The ${name} has no roles.` : tableOf(columns, data)));
    },
  );
  ofHolder(noun.command('give <tenant> <role>').description('give a role to a user or client')).action(
    async (tenant: string, role: string, options: HolderOptions) => {
      const api = await connect(options);
      const { give, name } = await holderOf(api, tenant, options);
      const { body } = await give(role);
      answer(options, body, () => `The ${name} has the role ${role}.`);
    },
  );
  ofHolder(noun.command('take <tenant> <role>').description('take a role from a user or client')).action(
    async (tenant: string, role: string, options: HolderOptions) => {
      const api = await connect(options);
      const { take, name } = await holderOf(api, tenant, options);
      await take(role);
      answer(options, {}, () => `The ${name} has the role ${role} no longer.`);
    },
  );
}

/** What can be done with the roles of the user or client, and what it is called. */
async function holderOf(api: ManagementApi, tenant: string, { user, client }: HolderOptions) {
  if ((user === undefined) === (client === undefined)) throw new UsageError('Name either --user or --client.');
  const [kind, id] =
    user === undefined ? (['Client', client ?? ''] as const) : (['User', await findUser(api, tenant, user)] as const);
  const name = `${kind.toLowerCase()} ${user ?? client} of tenant ${tenant}`;
  const path = { tenant, client_id: id, user_id: id };
  const gone = (role: string) => `role ${role} of ${name}`;
  return {
    name,
    of: () => api.send(`get${kind}Roles`, { path, missing: name }),
    give: (role: string) =>
      api.send(`give${kind}Role`, { path: { ...path, role }, missing: `role ${role}, or ${name}` }),
    take: (role: string) => api.send(`take${kind}Role`, { path: { ...path, role }, missing: gone(role) }),
  };
}
