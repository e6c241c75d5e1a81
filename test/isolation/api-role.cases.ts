import { randomUUID } from 'node:crypto';
import { ApiRoleAssignmentsRepository } from '../../src/api-roles/api-role-assignments.repository.js';
import { ApiRolesRepository } from '../../src/api-roles/api-roles.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

async function newApi({ platform }: World): Promise<string> {
  const api = { identifier: `https://${randomUUID()}.test`, display_name: 'An API' };
  return (await platform.operator.create<{ id: string }>('/tenants/acme/apis', api)).id;
}

/** A role of an API of acme's for one case alone, and a user who has it. */
async function newHolder(world: World) {
  const apiId = await newApi(world);
  const { operator } = world.platform;
  const { id: roleId } = await operator.create<{ id: string }>('/tenants/acme/api-roles', { api_id: apiId, name: 'a' });
  const { id: userId } = await world.newUser();
  for (const holder of [`users/${userId}`, 'clients/machine']) {
    const answer = await operator.request('PUT', `/tenants/acme/api-roles/${roleId}/${holder}`);
    if (answer.status !== 200) throw new Error(answer.text);
  }
  return { apiId, roleId, userId };
}

const roles = (world: World) => world.repository(ApiRolesRepository);
const assignments = (world: World) => world.repository(ApiRoleAssignmentsRepository);

export const apiRoleCases: RepositoryCases = {
  'ApiRolesRepository.ofUser': {
    prepare: async (world) => {
      const { apiId, userId } = await newHolder(world);
      return (tenantId) => roles(world).ofUser(tenantId, userId, [apiId]);
    },
  },
  'ApiRolesRepository.ofClient': {
    prepare: async (world) => {
      const { apiId } = await newHolder(world);
      return (tenantId) => roles(world).ofClient(tenantId, 'machine', [apiId]);
    },
  },
  'ApiRolesRepository.find': {
    prepare: async (world) => {
      const { roleId } = await newHolder(world);
      return (tenantId) => roles(world).find(tenantId, roleId);
    },
  },
  'ApiRolesRepository.list': {
    prepare: async (world) => {
      const { apiId } = await newHolder(world);
      return (tenantId) => roles(world).list(tenantId, { limit: 10, apiId });
    },
  },
  'ApiRolesRepository.lockApi': {
    prepare: async (world) => {
      const apiId = await newApi(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).lockApi(tenantId, apiId, manager));
    },
  },
  'ApiRolesRepository.create': {
    prepare: async (world) => {
      const apiId = await newApi(world);
      const data = { apiId, name: 'b', displayName: null, description: null, scopes: [] };
      return (tenantId) =>
        world.entities(tenantId, (manager) => roles(world).create(tenantId, randomUUID(), data, manager));
    },
  },
  'ApiRolesRepository.update': {
    prepare: async (world) => {
      const { roleId } = await newHolder(world);
      const change = { version: 1, data: { displayName: 'Changed' } };
      return (tenantId) =>
        world.entities(tenantId, (manager) => roles(world).update(tenantId, roleId, change, manager));
    },
  },
  'ApiRolesRepository.delete': {
    prepare: async (world) => {
      const { roleId } = await newHolder(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).delete(tenantId, roleId, manager));
    },
  },
  'ApiRoleAssignmentsRepository.list': {
    prepare: async (world) => {
      const { roleId } = await newHolder(world);
      return (tenantId) => assignments(world).list(tenantId, roleId, { limit: 10 });
    },
  },
  'ApiRoleAssignmentsRepository.find': {
    prepare: async (world) => {
      const { roleId, userId } = await newHolder(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => assignments(world).find(tenantId, roleId, { userId }, manager));
    },
  },
  'ApiRoleAssignmentsRepository.give': {
    prepare: async (world) => {
      const { roleId } = await newHolder(world);
      const { id: userId } = await world.newUser();
      const given = { holder: { userId }, by: 'client:operator@system' };
      return (tenantId) =>
        world.entities(tenantId, (manager) => assignments(world).give(tenantId, roleId, given, manager));
    },
  },
  'ApiRoleAssignmentsRepository.take': {
    prepare: async (world) => {
      const { roleId, userId } = await newHolder(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => assignments(world).take(tenantId, roleId, { userId }, manager));
    },
  },
};
