import type { Command } from 'commander';
import type { ManagementApi, Member } from '../management-api.js';
import { tableOf } from '../table.js';
import { AGE, searching } from './list-options.js';
import type { CommonOptions, Option, Resource, Tools } from './resource.js';
import { findUser } from './user-target.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ABOUT: readonly Option[] = [
  { flags: '--display-name <text>', member: 'display_name', description: 'what people call it (default: its name)' },
  { flags: '--description <text>', member: 'description', description: 'what it is for' },
];

export const groups: Resource = {
  noun: 'groups',
  operations: {
    list: 'listGroups',
    show: 'getGroup',
    create: 'createGroup',
    update: 'updateGroup',
    delete: 'deleteGroup',
  },
  one: 'group',
  summary: 'groups of users, whose names applications read in tokens',
  argument: 'group',
  idMember: 'name',
  findId: findGroup,
  list: {
    summary: 'list the groups of a tenant',
    filters: [...searching('a name or id', 'created_at or name'), ...AGE],
    columns: [
      ['ID', 'id'],
      ['NAME', 'name'],
      ['CALLED', ({ display_name: called, name }) => called ?? name],
      ['DESCRIPTION', ({ description }) => description ?? ''],
    ],
  },
  create: { summary: 'make a group without members', argument: { name: '<name>', member: 'name' }, options: ABOUT },
  update: [{ flags: '--name <name>', member: 'name', description: 'what applications read' }, ...ABOUT],
  deletion: { summary: 'delete a group', consequence: 'Its members stay users, and the next tokens do not name it.' },
  more: (noun, tools) => {
    addLists(noun, tools);
    addMembers(noun, tools);
  },
};

function addLists(noun: Command, { common, api: connect, answer }: Tools): void {
  common(noun.command('members <tenant> <group>').description('list the users in a group')).action(
    async (tenant: string, group: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = { tenant, group_id: await findGroup(api, tenant, group) };
      const data = await api.list('listGroupMembers', { path, missing: missing(tenant, group) });
      const columns = [
        ['ID', 'user_id'],
        ['USER NAME', 'username'],
        ['SINCE', 'created_at'],
      ] as const;
      answer(options, { data }, () => (data.length === 0 ? 'Nobody is in the group.' : tableOf(columns, data)));
    },
  );
  common(noun.command('of <tenant> <user>').description('list the groups that a user is in')).action(
    async (tenant: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = { tenant, user_id: await findUser(api, tenant, user) };
      const { body } = await api.send('getUserGroups', { path, missing: `user ${user} of tenant ${tenant}` });
      const { data } = body;
      const columns = [
        ['GROUP', 'group'],
        ['ADDED BY', ({ added_by: by }: Member) => by ?? ''],
        ['SINCE', 'created_at'],
      ] as const;
      answer(options, body, () => (data.length === 0 ? 'The user is in no group.' : tableOf(columns, data)));
    },
  );
}

function addMembers(noun: Command, { common, api: connect, answer }: Tools): void {
  const memberPath = async (api: ManagementApi, tenant: string, group: string, user: string) => ({
    tenant,
    group_id: await findGroup(api, tenant, group),
    user_id: await findUser(api, tenant, user),
  });
  common(noun.command('add <tenant> <group> <user>').description('add a user to a group')).action(
    async (tenant: string, group: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = await memberPath(api, tenant, group, user);
      const { body } = await api.send('addGroupMember', {
        path,
        missing: `${missing(tenant, group)}, or user ${user}`,
      });
      answer(options, body, () => `The user ${user} of tenant ${tenant} is in the group ${group}.`);
    },
  );
  common(noun.command('remove <tenant> <group> <user>').description('take a user out of a group')).action(
    async (tenant: string, group: string, user: string, options: CommonOptions) => {
      const api = await connect(options);
      const path = await memberPath(api, tenant, group, user);
      await api.send('removeGroupMember', { path, missing: `user ${user} in ${missing(tenant, group)}` });
      answer(options, {}, () => `The user ${user} of tenant ${tenant} is in the group ${group} no longer.`);
    },
  );
}

function missing(tenant: string, group: string): string {
  return `group ${group} of tenant ${tenant}`;
}

/** By id or name. */
export async function findGroup(api: ManagementApi, tenant: string, given: string): Promise<string> {
  if (UUID.test(given)) return given;
  const request = { path: { tenant }, query: { name: given }, missing: `tenant ${tenant}` };
  const [found] = await api.list('listGroups', request, 1);
  return found?.id ?? given;
}
