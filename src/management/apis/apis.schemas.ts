import {
  type ResourceSchemas,
  TIMES,
  UUID,
  WARNINGS,
  allShown,
  objectSchema,
  pageSchema,
} from '../schema/answer-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaOf } from '../schema/schema-of.js';
import { ApiScopeDto, CreateApiDto, UpdateApiDto, ListApisQuery } from './apis.dto.js';

export function apiSchemas(): ResourceSchemas {
  return {
    bodies: [
      [
        CreateApiDto,
        {
          identifier: 'https://api.acme.example',
          display_name: 'Orders',
          scopes: [{ name: 'orders:read', description: 'See your orders' }],
        },
      ],
      [UpdateApiDto, { access_token_format: 'opaque', access_token_lifetime_seconds: 300 }],
      [ApiScopeDto],
    ],
    queries: [ListApisQuery],
    answers: { Api: api(), ApiPage: pageSchema('Api') },
  };
}

function api(): Schema {
  const { access_token_lifetime_seconds: lifetime = {} } = schemaOf(CreateApiDto).properties ?? {};
  return objectSchema(
    {
      id: { ...UUID, description: 'It stays, whatever else changes.' },
      ...allShown(CreateApiDto),
      access_token_lifetime_seconds: lifetime,
      ...TIMES,
      warnings: WARNINGS,
    },
    { optional: ['warnings'] },
  );
}
