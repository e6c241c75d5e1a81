import type { Command } from 'commander';
import { UsageError } from '../installation.js';
import type { ManagementApi } from '../management-api.js';
import { tableOf } from '../table.js';
import { findApi } from './apis.js';
import { findGroup } from './groups.js';
import { toList } from './options.js';
import type { CommonOptions, Option, Resource, Tools } from './resource.js';
import { findUser } from './user-target.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MEMBERS: readonly Option[] = [
  { flags: '--display-name <text>', member: 'display_name', description: 'what people call it (default: its name)' },
  { flags: '--description <text>', member: 'description', description: 'what it is for' },
  { flags: '--scopes <scope...>', member: 'scopes', description: 'scopes of the API that it allows', read: toList },
];

interface HolderOptions extends CommonOptions {
  readonly user?: string;
  readonly group?: string;
  readonly client?: string;
}

export const apiRoles: Resource = {
  noun: 'api-roles',
  operations: {
    list: 'listApiRoles',
    show: 'getApiRole',
    create: 'createApiRole',
    update: 'updateApiRole',
    delete: 'deleteApiRole',
  },
  one: 'API role',
  summary: 'roles of a tenant’s own APIs, and who has them',
  argument: 'api-role',
  idMember: 'name',
  findId: findApiRole,
  list: {
    summary: 'list the roles of the tenant’s APIs',
    filters: [{ flags: '--api-id <id>', member: 'api_id', description: 'those of one API' }],
    columns: [
      ['ID', 'id'],
      ['NAME', 'name'],
      ['API', 'api_id'],
      ['SCOPES', 'scopes'],
    ],
  },
  create: {
    summary: 'make a role of an API',
    argument: { name: '<name>', member: 'name' },
    options: [{ flags: '--api <api>', member: 'api_id', description: 'the API, by id or identifier' }, ...MEMBERS],
    complete: async (body, api, tenant) => {
      if (typeof body['api_id'] !== 'string') throw new UsageError('Name the API with --api.');
      return { ...body, api_id: await findApi(api, tenant, body['api_id']) };
    },
  },
  update: [{ flags: '--name <name>', member: 'name', description: 'what the API reads' }, ...MEMBERS],
  deletion: { summary: 'delete a role of an API', consequence: 'Whoever has it has it no longer in the next token.' },
  more: (noun, tools) => {
    addHolders(noun, tools);
    addGiving(noun, tools);
  },
};

function addHolders(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('holders <tenant> <api-role>').description('list who has a role')).action(
    async (tenant: string, role: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = { tenant, api_role_id: await findApiRole(api, tenant, role) };
      const missing = `API role ${role} of tenant ${tenant}`;
      const data = await api.list('listApiRoleAssignments', { path, missing });
      const columns = [
        ['USER', 'user_id'],
        ['GROUP', 'group_id'],
        ['CLIENT', 'client_id'],
        ['SINCE', 'created_at'],
      ] as const;
      answer(options, { data }, () => (data.length === 0 ? 'Nobody has the role.' : tableOf(columns, data)));
    },
  );
}

function addGiving(noun: Command, { common, api: connect, answer }: Tools): void {
  for (const [verb, what, done] of [
    ['give', 'give a role to a user, a group or a client', 'has'],
    ['take', 'take a role from a user, a group or a client', 'has no longer'],
  ] as const) {
    common(
      noun
        .command(`${verb} <tenant> <api-role>`)
        .description(what)
        .option('--user <user>', 'a user, by id, user name or e-mail address')
        .option('--group <group>', 'a group, by id or name: all its members')
        .option('--client <client_id>', 'a client that acts for itself'),
    ).action(async (tenant: string, role: string, options: HolderOptions) => {
      const api = await connect(options);
      const { change, name } = await holderOf(api, tenant, options);
      const target = { tenant, api_role_id: await findApiRole(api, tenant, role) };
      const { body } = await change(verb, target, `API role ${role}, or ${name}, of tenant ${tenant}`);
      answer(options, body ?? {}, () => `The ${name} ${done} the role ${role}.`);
    });
  }
}

async function holderOf(api: ManagementApi, tenant: string, { user, group, client = '' }: HolderOptions) {
  if ([user, group, client || undefined].filter((given) => given !== undefined).length !== 1) {
    throw new UsageError('Name one of --user, --group and --client.');
  }
  type Role = { readonly tenant: string; readonly api_role_id: string };
  if (user !== undefined) {
    const id = await findUser(api, tenant, user);
    const change = (verb: 'give' | 'take', role: Role, missing: string) =>
      api.send(`${verb}UserApiRole`, { path: { ...role, user_id: id }, missing });
    return { change, name: `user ${user}` };
  }
  if (group !== undefined) {
    const id = await findGroup(api, tenant, group);
    const change = (verb: 'give' | 'take', role: Role, missing: string) =>
      api.send(`${verb}GroupApiRole`, { path: { ...role, group_id: id }, missing });
    return { change, name: `group ${group}` };
  }
  const change = (verb: 'give' | 'take', role: Role, missing: string) =>
    api.send(`${verb}ClientApiRole`, { path: { ...role, client_id: client }, missing });
  return { change, name: `client ${client}` };
}

/** By id, or by name where one API alone has it. */
async function findApiRole(api: ManagementApi, tenant: string, given: string): Promise<string> {
  if (UUID.test(given)) return given;
  const request = { path: { tenant }, query: { name: given }, missing: `tenant ${tenant}` };
  const [found, another] = await api.list('listApiRoles', request, 2);
  if (another)
    throw new UsageError(`Several APIs have a role ${given}; name it by the id that "api-roles list" shows.`);
  return found?.id ?? given;
}
