import {
  EXAMPLE_ID,
  type ResourceSchemas,
  TEXT,
  TEXTS,
  TIME,
  TIMES,
  UUID,
  objectSchema,
  pageSchema,
} from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';
import { CreateApiRoleDto, ListApiRolesQuery, UpdateApiRoleDto } from './api-roles.dto.js';

export function apiRoleSchemas(): ResourceSchemas {
  return {
    bodies: [
      [CreateApiRoleDto, { api_id: EXAMPLE_ID, name: 'editor', scopes: ['orders:read', 'orders:write'] }],
      [UpdateApiRoleDto, { scopes: ['orders:read'] }],
    ],
    queries: [ListApiRolesQuery],
    answers: {
      ApiRole: objectSchema({
        id: { ...UUID, description: 'Stays when the name changes.' },
        api_id: { ...UUID, description: 'The API that the role is for.' },
        name: { ...TEXT, description: 'What the API reads in the claim `roles`.' },
        display_name: { ...orNull(TEXT), description: 'What people call it; `null`: its name.' },
        description: { ...orNull(TEXT), description: 'What it is for.' },
        scopes: { ...TEXTS, description: 'Scopes of the API that it allows.' },
        ...TIMES,
      }),
      ApiRolePage: pageSchema('ApiRole'),
      ApiRoleAssignment: objectSchema({
        user_id: { ...orNull(UUID), description: 'The user who has the role, or `null`.' },
        group_id: { ...orNull(UUID), description: 'The group whose members have the role, or `null`.' },
        client_id: { ...orNull(TEXT), description: 'The client that has the role when it acts for itself, or `null`.' },
        given_by: { ...orNull(TEXT), description: 'Who gave it, as in audit events.' },
        created_at: { ...TIME, description: 'Since when.' },
      }),
      ApiRoleAssignmentPage: pageSchema('ApiRoleAssignment'),
    },
  };
}
