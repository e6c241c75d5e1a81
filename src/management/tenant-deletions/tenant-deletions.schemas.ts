import { type ResourceSchemas, TEXT, TIME, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { type Schema, orNull } from '../schema/schema.js';
import { DeleteTenantQuery, ScheduleDeletionDto } from './tenant-deletions.dto.js';

export function tenantDeletionSchemas(): ResourceSchemas {
  return {
    bodies: [[ScheduleDeletionDto, { after_days: 14 }]],
    queries: [DeleteTenantQuery],
    answers: { TenantDeletion: deletion(), TenantDeletionPage: pageSchema('TenantDeletion') },
  };
}

function deletion(): Schema {
  const when = (description: string): Schema => ({ ...orNull(TIME), description });
  return objectSchema({
    id: { ...UUID, description: 'It stays when the tenant is gone.' },
    tenant_id: { ...UUID, description: 'The tenant.' },
    slug: { ...TEXT, description: 'The slug of the tenant.' },
    status: {
      type: 'string',
      enum: ['scheduled', 'withdrawn', 'destroying', 'destroyed'],
      description: 'A scheduled one can be withdrawn.',
    },
    requested_at: { ...TIME, description: 'When it was asked for.' },
    requested_by: { ...TEXT, description: 'Who asked, as in the audit log.' },
    scheduled_for: { ...TIME, description: 'Until when it can be withdrawn.' },
    withdrawn_at: when('When it was withdrawn.'),
    withdrawn_by: { ...orNull(TEXT), description: 'Who withdrew it.' },
    started_at: when('When the data key of the tenant was destroyed.'),
    destroyed_at: when('When everything was destroyed.'),
    rows: {
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'How many rows of each table were destroyed so far.',
    },
    receipt: {
      ...orNull(TEXT),
      description: 'A JWS of type `tenant-deletion+jwt` under a key of tenant `system`, once everything is destroyed.',
    },
  });
}
