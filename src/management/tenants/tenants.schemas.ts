import {
  type ResourceSchemas,
  TIME,
  TIMES,
  URI,
  UUID,
  WARNINGS,
  allShown,
  objectSchema,
  pageSchema,
  shown,
} from '../schema/answer-schema.js';
import { refTo } from '../schema/schema.js';
import { schemaName } from '../schema/schema-of.js';
import { DEFAULT_POLICY } from '../../tenants/tenant-policy.js';
import { toWire } from '../kit/wire.js';
import { ProfileFieldsDto } from './account-policy.dto.js';
import { PolicyDto } from './policy.dto.js';
import { BrandingDto, BrandingTextsDto } from './branding.dto.js';
import { SignUpAttributesDto } from './sign-up-policy.dto.js';
import { CreateTenantDto, FirstAdminDto, UpdateTenantDto, ListTenantsQuery } from './tenants.dto.js';

/** What is not there where the tenant decided nothing. */
const WITHOUT_DEFAULT = Object.entries(toWire(DEFAULT_POLICY)).flatMap(([name, value]) =>
  value === null ? [name] : [],
);

export function tenantSchemas(): ResourceSchemas {
  return {
    bodies: [
      [CreateTenantDto, { slug: 'acme', display_name: 'Acme', policy: { password_min_length: 20 } }],
      [
        UpdateTenantDto,
        {
          display_name: 'Acme Inc',
          branding: { primary_color: '#0a7d5a' },
          policy: { access_token_signing_alg: null },
        },
      ],
      [FirstAdminDto],
      [PolicyDto],
      [ProfileFieldsDto],
      [SignUpAttributesDto],
      [BrandingDto],
      [BrandingTextsDto],
    ],
    queries: [ListTenantsQuery],
    answers: {
      Tenant: objectSchema(
        {
          id: { ...UUID, description: 'It stays, whatever else changes.' },
          ...shown(CreateTenantDto, ['slug', 'display_name']),
          ...shown(UpdateTenantDto, ['status']),
          deletion_id: { ...UUID, description: 'The deletion that can still be withdrawn.' },
          deletion_scheduled_for: { ...TIME, description: 'When the tenant will be destroyed.' },
          issuer: { ...URI, description: 'The primary one of its addresses.' },
          addresses: { type: 'array', items: URI, description: 'Each is a full issuer.' },
          former_slugs: {
            type: 'array',
            items: refTo('FormerSlug'),
            description: 'Slugs that it had before, and that no other tenant gets yet.',
          },
          ...shown(CreateTenantDto, ['policy_template', 'policy_locks']),
          policy: { ...refTo(schemaName(PolicyDto)), description: 'What the tenant decided.' },
          effective_policy: { ...refTo('EffectivePolicy'), description: 'The same over what the tenant inherits.' },
          branding: { ...refTo(schemaName(BrandingDto)), description: 'How its pages look.' },
          ...TIMES,
          warnings: WARNINGS,
          readiness: { ...refTo('Readiness'), description: 'In the answer to a POST with `admin` only.' },
        },
        {
          optional: [
            'deletion_id',
            'deletion_scheduled_for',
            'policy_template',
            'policy_locks',
            'warnings',
            'readiness',
          ],
        },
      ),
      FormerSlug: objectSchema({
        slug: { type: 'string', description: 'As it was.' },
        addresses: { type: 'array', items: URI, description: 'Each is a full issuer until `answers_until`.' },
        answers_until: { ...TIME, description: 'Until when these addresses answer.' },
        reserved_until: { ...TIME, description: 'Until when no other tenant gets the slug.' },
      }),
      EffectivePolicy: objectSchema(allShown(PolicyDto), { optional: WITHOUT_DEFAULT }),
      TenantPage: pageSchema('Tenant'),
    },
  };
}
