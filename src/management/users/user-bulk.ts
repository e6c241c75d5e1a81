import { Injectable } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { GroupMemberManagement } from '../groups/group-member-management.js';
import { requireScope } from '../kit/authority.js';
import { type BulkItem, BulkWrites } from '../kit/bulk-writes.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { Problem } from '../kit/problem.js';
import { readData } from '../kit/read-data.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { RoleAssignmentManagement } from '../roles/role-assignment-management.js';
import type { BulkUsersDto, UserOperationDto } from './bulk-users.dto.js';
import { UserManagement } from './user-management.js';
import { CreateUserDto, UpdateUserDto } from './users.dto.js';

type Work = (write: ManagementWrite, tenant: Tenant, operation: UserOperationDto) => Promise<WriteAnswer>;

/** Many changes of users in one request. */
@Injectable()
export class UserBulk {
  private readonly operations: Readonly<
    Record<UserOperationDto['op'], { readonly status: number; readonly work: Work }>
  >;

  constructor(
    private readonly bulk: BulkWrites,
    private readonly users: UserManagement,
    private readonly roles: RoleAssignmentManagement,
    private readonly members: GroupMemberManagement,
  ) {
    const toState =
      (enabled: boolean): Work =>
      (write, tenant, operation) =>
        this.users.update(write, tenant, {
          ...versionOf(operation),
          body: Object.assign(new UpdateUserDto(), { enabled }),
        });
    this.operations = {
      create: {
        status: 201,
        work: (write, tenant, operation) =>
          this.users.create(write, tenant, readData(CreateUserDto, needed(operation, 'data'))),
      },
      update: {
        status: 200,
        work: (write, tenant, operation) => {
          const body = readData(UpdateUserDto, needed(operation, 'data'));
          return this.users.update(write, tenant, { ...versionOf(operation), body });
        },
      },
      enable: { status: 200, work: toState(true) },
      disable: { status: 200, work: toState(false) },
      delete: {
        status: 204,
        work: (write, tenant, operation) =>
          this.users.delete(write, tenant, needed(operation, 'id'), operation.if_match),
      },
      give_role: {
        status: 200,
        work: async (write, tenant, operation) => {
          requireScope(write.caller, 'roles:write', 'to give and take roles');
          return this.roles.give(write, tenant, { userId: needed(operation, 'id') }, needed(operation, 'role'));
        },
      },
      take_role: {
        status: 204,
        work: async (write, tenant, operation) => {
          requireScope(write.caller, 'roles:write', 'to give and take roles');
          return this.roles.take(write, tenant, { userId: needed(operation, 'id') }, needed(operation, 'role'));
        },
      },
      add_to_group: {
        status: 200,
        work: (write, tenant, operation) =>
          this.members.add(write, tenant, needed(operation, 'group_id'), needed(operation, 'id')),
      },
      remove_from_group: {
        status: 204,
        work: (write, tenant, operation) =>
          this.members.remove(write, tenant, needed(operation, 'group_id'), needed(operation, 'id')),
      },
    };
  }

  perform(write: ManagementWrite, tenant: Tenant, { operations }: BulkUsersDto): Promise<WriteAnswer> {
    const items = operations.map((operation): BulkItem => {
      const { status, work } = this.operations[operation.op];
      return { status, work: async (own) => work(own, tenant, operation) };
    });
    return this.bulk.perform(write, tenant, items);
  }
}

function versionOf(operation: UserOperationDto) {
  return { id: needed(operation, 'id'), ifMatch: operation.if_match };
}

function needed<Name extends 'id' | 'data' | 'role' | 'group_id'>(
  operation: UserOperationDto,
  name: Name,
): NonNullable<UserOperationDto[Name]> {
  const value = operation[name];
  if (value === undefined) throw new Problem('validation-failed', `${operation.op} needs ${name}.`);
  return value;
}
