import { accessGrantSchemas } from '../access-grants/access-grants.schemas.js';
import { apiSchemas } from '../apis/apis.schemas.js';
import { apiRoleSchemas } from '../api-roles/api-roles.schemas.js';
import { auditEventSchemas } from '../audit-events/audit-events.schemas.js';
import { brandingSchemas } from '../branding/branding.schemas.js';
import { clientRegistrationSchemas } from '../client-registrations/client-registrations.schemas.js';
import { clientSchemas } from '../clients/clients.schemas.js';
import { consentSchemas } from '../consents/consents.schemas.js';
import { domainSchemas } from '../domains/domains.schemas.js';
import { factorSchemas } from '../factors/factors.schemas.js';
import { sessionSchemas } from '../sessions/sessions.schemas.js';
import { groupSchemas } from '../groups/groups.schemas.js';
import { invitationSchemas } from '../invitations/invitations.schemas.js';
import { setupLinkSchemas } from '../setup-links/setup-links.schemas.js';
import { keySchemas } from '../keys/keys.schemas.js';
import { mailSchemas } from '../mail/mail.schemas.js';
import { PageQuery } from '../kit/paging.js';
import { passkeySchemas } from '../passkeys/passkeys.schemas.js';
import { policySchemas } from '../policies/policies.schemas.js';
import { type ResourceSchemas, objectSchema } from '../schema/answer-schema.js';
import { type Schema, refTo } from '../schema/schema.js';
import { schemaName, schemaOf } from '../schema/schema-of.js';
import { quotaSchemas } from '../quotas/quotas.schemas.js';
import { usageSchemas } from '../usage/usage.schemas.js';
import { QueryParameters } from '../kit/paging.js';
import { roleSchemas } from '../roles/roles.schemas.js';
import { readinessSchemas } from '../readiness/readiness.schemas.js';
import { tenantDeletionSchemas } from '../tenant-deletions/tenant-deletions.schemas.js';
import { tenantSchemas } from '../tenants/tenants.schemas.js';
import { textSchemas } from '../texts/texts.schemas.js';
import { tokenPreviewSchemas } from '../token-previews/token-previews.schemas.js';
import { userAttributeSchemas } from '../user-attributes/user-attributes.schemas.js';
import { userSchemas } from '../users/users.schemas.js';
import { webhookSchemas } from '../webhooks/webhooks.schemas.js';

/** What every list has. */
function pageSchemas(): ResourceSchemas {
  const info = objectSchema(
    {
      next: { type: ['string', 'null'], description: 'The `after` of the next page.' },
      has_more: {
        type: 'boolean',
        description: 'There may be another page. A page with filters can have fewer items than `limit`, even none.',
      },
      estimated_total: {
        type: 'integer',
        description: 'How many items the list has with these filters; when `total` is asked for.',
      },
      total_precision: {
        type: 'string',
        enum: ['exact', 'about', 'at_least'],
        description: 'Up to 5000 items are counted. `about`: as PostgreSQL estimates. `at_least`: there may be more.',
      },
    },
    {
      optional: ['estimated_total', 'total_precision'],
      examples: [{ next: 'q3JtZ0xk.MDFhMjBjY2I', has_more: true }],
    },
  );
  return {
    bodies: [],
    queries: [PageQuery],
    answers: { PageInfo: info, BulkUserResults: bulkResults('User'), BulkClientResults: bulkResults('Client') },
  };
}

/** @param resource what a result has as its `body`, by the name of its schema */
function bulkResults(resource: string): Schema {
  const result = objectSchema(
    {
      status: { type: 'integer', description: 'As the request of its own would be answered.' },
      location: { type: 'string', description: 'Address of what was made.' },
      etag: { type: 'string', description: 'The entity tag that it has now.' },
      body: { ...refTo(resource), description: 'What it is now.' },
      problem: { ...refTo('Problem'), description: 'Why it was refused. Its pointers begin at `data`.' },
      replayed: { type: 'boolean', description: 'It was done before, under the same Idempotency-Key.' },
    },
    { optional: ['location', 'etag', 'body', 'problem', 'replayed'] },
  );
  return objectSchema({
    results: { type: 'array', items: result, description: 'In the order of the operations, one for each.' },
    succeeded: { type: 'integer', description: 'How many were done.' },
    failed: { type: 'integer', description: 'How many were refused.' },
  });
}

/** Every resource of the management API describes what it takes and answers. */
const RESOURCES: readonly (() => ResourceSchemas)[] = [
  tenantSchemas,
  policySchemas,
  tenantDeletionSchemas,
  domainSchemas,
  readinessSchemas,
  quotaSchemas,
  usageSchemas,
  accessGrantSchemas,
  textSchemas,
  brandingSchemas,
  clientSchemas,
  tokenPreviewSchemas,
  clientRegistrationSchemas,
  userSchemas,
  factorSchemas,
  sessionSchemas,
  userAttributeSchemas,
  groupSchemas,
  invitationSchemas,
  setupLinkSchemas,
  passkeySchemas,
  apiSchemas,
  apiRoleSchemas,
  keySchemas,
  consentSchemas,
  roleSchemas,
  auditEventSchemas,
  mailSchemas,
  webhookSchemas,
  pageSchemas,
];

/** By name: the schemas of all bodies and of all answers that are not problems. */
export function componentSchemas(): Record<string, Schema> {
  const resources = RESOURCES.map((describe) => describe());
  const bodies = resources.flatMap((resource) => resource.bodies);
  return Object.assign(
    Object.fromEntries(bodies.map(([dto, example]) => [schemaName(dto), withExample(schemaOf(dto), example)])),
    ...resources.map(({ answers }) => answers),
  ) as Record<string, Schema>;
}

/** By name of the query: the schemas of its parameters, by name. */
export function querySchemas(): Record<string, NonNullable<Schema['properties']>> {
  const queries = RESOURCES.flatMap((describe) => describe().queries);
  const misnamed = queries.find(({ prototype }) => !(prototype instanceof QueryParameters));
  // Its faults would be named as those of a body.
  if (misnamed) throw new Error(`The class ${misnamed.name} of a query does not extend QueryParameters.`);
  return Object.fromEntries(queries.map((query) => [schemaName(query), schemaOf(query).properties ?? {}]));
}

function withExample(schema: Schema, example: unknown): Schema {
  return example === undefined ? schema : { ...schema, examples: [example] };
}
