import { randomUUID } from 'node:crypto';
import { GroupMembersRepository } from '../../src/groups/group-members.repository.js';
import { GroupsRepository } from '../../src/groups/groups.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A group of acme's for one case alone. */
function newGroup({ platform }: World): Promise<{ id: string; name: string }> {
  return platform.operator.create('/tenants/acme/groups', { name: `group-${randomUUID()}` });
}

/** A user of acme's in a new group. */
async function newMember(world: World): Promise<{ groupId: string; userId: string }> {
  const { id: groupId } = await newGroup(world);
  const { id: userId } = await world.newUser();
  const answer = await world.platform.operator.request('PUT', `/tenants/acme/groups/${groupId}/members/${userId}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return { groupId, userId };
}

const groups = (world: World) => world.repository(GroupsRepository);
const members = (world: World) => world.repository(GroupMembersRepository);

export const groupCases: RepositoryCases = {
  'GroupsRepository.namesOfUser': {
    prepare: async (world) => {
      const { userId } = await newMember(world);
      return (tenantId) => groups(world).namesOfUser(tenantId, userId);
    },
  },
  'GroupsRepository.find': {
    prepare: async (world) => {
      const { id } = await newGroup(world);
      return (tenantId) => groups(world).find(tenantId, id);
    },
  },
  'GroupsRepository.list': {
    prepare: async (world) => {
      const { name } = await newGroup(world);
      return async (tenantId) => (await groups(world).list(tenantId, { limit: 10, name })).rows;
    },
  },
  'GroupsRepository.create': {
    prepare: (world) => {
      const data = { name: `group-${randomUUID()}`, displayName: null, description: null };
      return (tenantId) =>
        world.entities(tenantId, (manager) => groups(world).create(tenantId, randomUUID(), data, manager));
    },
  },
  'GroupsRepository.update': {
    prepare: async (world) => {
      const { id } = await newGroup(world);
      const change = { version: 1, data: { displayName: 'Changed' } };
      return (tenantId) => world.entities(tenantId, (manager) => groups(world).update(tenantId, id, change, manager));
    },
  },
  'GroupsRepository.delete': {
    prepare: async (world) => {
      const { id } = await newGroup(world);
      return (tenantId) => world.entities(tenantId, (manager) => groups(world).delete(tenantId, id, manager));
    },
  },
  'GroupMembersRepository.list': {
    prepare: async (world) => {
      const { groupId } = await newMember(world);
      return (tenantId) => members(world).list(tenantId, groupId, { limit: 10 });
    },
  },
  'GroupMembersRepository.find': {
    prepare: async (world) => {
      const { groupId, userId } = await newMember(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => members(world).find(tenantId, groupId, userId, manager));
    },
  },
  'GroupMembersRepository.ofUser': {
    prepare: async (world) => {
      const { userId } = await newMember(world);
      return (tenantId) => members(world).ofUser(tenantId, userId);
    },
  },
  'GroupMembersRepository.lockUser': {
    prepare: async (world) => {
      const { userId } = await newMember(world);
      return (tenantId) => world.entities(tenantId, (manager) => members(world).lockUser(tenantId, userId, manager));
    },
  },
  'GroupMembersRepository.add': {
    prepare: async (world) => {
      const { id: groupId } = await newGroup(world);
      const { id: userId } = await world.newUser();
      const member = { userId, by: 'client:operator@system' };
      return (tenantId) =>
        world.entities(tenantId, (manager) => members(world).add(tenantId, groupId, member, manager));
    },
  },
  'GroupMembersRepository.remove': {
    prepare: async (world) => {
      const { groupId, userId } = await newMember(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => members(world).remove(tenantId, groupId, userId, manager));
    },
  },
};
