import {
  EXAMPLE_ID,
  type ResourceSchemas,
  TEXT,
  TIME,
  TIMES,
  UUID,
  objectSchema,
  pageSchema,
  shown,
} from '../schema/answer-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaOf } from '../schema/schema-of.js';
import { BulkUsersDto, UserOperationDto } from './bulk-users.dto.js';
import { ATTRIBUTE_VALUE, AddressDto, CreateUserDto, ListUsersQuery, UpdateUserDto } from './users.dto.js';

export function userSchemas(): ResourceSchemas {
  return {
    bodies: [
      [CreateUserDto, { username: 'alice', email: 'alice@acme.example', password: 'violet harbour 42 lanterns' }],
      [UpdateUserDto, { nickname: null, address: { locality: 'Bern' } }],
      [AddressDto],
      [UserOperationDto],
      [
        BulkUsersDto,
        {
          operations: [
            { op: 'create', data: { username: 'bob' } },
            { op: 'disable', id: EXAMPLE_ID },
          ],
        },
      ],
    ],
    queries: [ListUsersQuery],
    answers: { User: user(), UserPage: pageSchema('User') },
  };
}

function user(): Schema {
  const { properties = {} } = schemaOf(CreateUserDto);
  const kept = [
    'username',
    'email_verified',
    'phone_number_verified',
    'tenant_admin',
    'attributes',
    'enabled',
    'must_change_password',
  ];
  const { password: _, email = {}, phone_number = {}, ...rest } = properties;
  const claims = Object.keys(rest).filter((name) => !kept.includes(name));
  return objectSchema(
    {
      id: { ...UUID, description: 'The `sub` of the user’s tokens.' },
      ...shown(
        CreateUserDto,
        kept.filter((name) => name !== 'attributes'),
      ),
      attributes: {
        type: 'object',
        additionalProperties: ATTRIBUTE_VALUE,
        description: 'What the tenant defines itself and the user has, by name.',
      },
      roles: {
        type: 'array',
        items: TEXT,
        description: 'Names of the roles at the management API; see `/users/{user_id}/roles`.',
      },
      email,
      phone_number,
      ...shown(CreateUserDto, claims),
      deletion_scheduled_for: {
        type: 'string',
        format: 'date-time',
        description: 'When the account is deleted, because its person asked for it.',
      },
      password_changed_at: {
        type: ['string', 'null'],
        format: 'date-time',
        description: 'When the password was set. `null`: there is none, or it was set before this was recorded.',
      },
      terms_version: { ...TEXT, description: 'Version of the terms that the person accepted last.' },
      terms_accepted_at: { ...TIME, description: 'When that was.' },
      ...TIMES,
    },
    { optional: [...claims, 'deletion_scheduled_for', 'terms_version', 'terms_accepted_at'] },
  );
}
