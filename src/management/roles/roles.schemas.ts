import { type ResourceSchemas, TEXT, TIME, objectSchema, pageSchema, shown } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { CreateRoleDto, DeleteRoleQuery, UpdateRoleDto } from './roles.dto.js';

export function roleSchemas(): ResourceSchemas {
  const example = { name: 'helpdesk', display_name: 'Help desk', permissions: ['users:read', 'users:recover'] };
  return {
    bodies: [
      [CreateRoleDto, example],
      [UpdateRoleDto, { permissions: ['users:read'] }],
    ],
    queries: [DeleteRoleQuery],
    answers: {
      Role: role(),
      RolePage: pageSchema('Role'),
      RoleAssignment: assignment(),
      RoleAssignments: objectSchema({
        data: { type: 'array', items: refTo('RoleAssignment'), description: 'One for each role, by name.' },
      }),
    },
  };
}

function role(): Schema {
  const { description = {}, ...rest } = shown(CreateRoleDto, ['name', 'display_name', 'description', 'permissions']);
  return objectSchema({
    ...rest,
    description: orNull(description),
    built_in: { type: 'boolean', description: 'Every tenant has it. It can be neither changed nor deleted.' },
    created_at: { ...orNull(TIME), description: '`null` of a built-in role.' },
    updated_at: { ...orNull(TIME), description: '`null` of a built-in role.' },
  });
}

function assignment(): Schema {
  return objectSchema({
    role: { ...TEXT, description: 'The name of the role.' },
    given_by: {
      ...orNull(TEXT),
      description: 'Who gave it, as in audit events. `null`: by `tenant_admin`, an invitation, or an older version.',
    },
    created_at: { ...TIME, description: 'Since when.' },
  });
}
