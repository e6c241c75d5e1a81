import { randomUUID } from 'node:crypto';
import type { RoleHolder } from '../../src/roles/role-assignment.js';
import { RolesRepository } from '../../src/roles/roles.repository.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A role of acme's for one case alone. */
async function newRole({ platform }: World): Promise<string> {
  const name = `role-${randomUUID()}`;
  await platform.operator.create('/tenants/acme/roles', { name, display_name: 'A role', permissions: ['users:read'] });
  return name;
}

/** A user of acme's who has a new role. */
async function newHolder(world: World): Promise<{ role: string; holder: RoleHolder }> {
  const role = await newRole(world);
  const { id } = await world.newUser();
  const answer = await world.platform.operator.request('PUT', `/tenants/acme/users/${id}/roles/${role}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return { role, holder: { userId: id } };
}

const roles = (world: World) => world.repository(RolesRepository);

export const roleCases: RepositoryCases = {
  'RolesRepository.find': {
    prepare: async (world) => {
      const role = await newRole(world);
      return (tenantId) => roles(world).find(tenantId, role);
    },
  },
  'RolesRepository.list': {
    prepare: async (world) => {
      const role = await newRole(world);
      return async (tenantId) => (await roles(world).list(tenantId)).filter(({ name }) => name === role);
    },
  },
  'RolesRepository.lock': {
    prepare: async (world) => {
      const role = await newRole(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => roles(world).lock(tenantId, role, 'pessimistic_write', manager));
    },
  },
  'RolesRepository.create': {
    prepare: (world) => {
      const data = { displayName: 'A role', description: null, permissions: [] };
      const name = `role-${randomUUID()}`;
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).create(tenantId, name, data, manager));
    },
  },
  'RolesRepository.update': {
    prepare: async (world) => {
      const role = await newRole(world);
      const change = { version: 1, data: { displayName: 'Changed' } };
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).update(tenantId, role, change, manager));
    },
  },
  'RolesRepository.delete': {
    prepare: async (world) => {
      const role = await newRole(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).delete(tenantId, role, manager));
    },
  },
  'RolesRepository.findHolders': {
    prepare: async (world) => {
      const { role } = await newHolder(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).findHolders(tenantId, role, manager));
    },
    foundNothing: (result) => (result as { count: number }).count === 0,
  },
  'RolesRepository.powersOfHolders': {
    prepare: async (world) => {
      const { role } = await newHolder(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).powersOfHolders(tenantId, role, manager));
    },
    foundNothing: (result) => (result as { roles: string[] }).roles.length === 0,
  },
  'RolesRepository.assignmentsOf': {
    prepare: async (world) => {
      const { holder } = await newHolder(world);
      return (tenantId) => roles(world).assignmentsOf(tenantId, holder);
    },
  },
  'RolesRepository.lockHolder': {
    prepare: async (world) => {
      const { holder } = await newHolder(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).lockHolder(tenantId, holder, manager));
    },
  },
  'RolesRepository.assign': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      const given = { role: 'auditor', by: 'client:operator@system' };
      return (tenantId) =>
        world.entities(tenantId, (manager) => roles(world).assign(tenantId, { userId: id }, given, manager));
    },
  },
  'RolesRepository.take': {
    prepare: async (world) => {
      const { role, holder } = await newHolder(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).take(tenantId, holder, role, manager));
    },
  },
  'RolesRepository.takeFromAll': {
    prepare: async (world) => {
      const { role } = await newHolder(world);
      return (tenantId) => world.entities(tenantId, (manager) => roles(world).takeFromAll(tenantId, role, manager));
    },
  },
  'UsersRepository.giveRoles': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(UsersRepository).giveRoles(tenantId, id, ['auditor'], manager),
        );
    },
  },
};
