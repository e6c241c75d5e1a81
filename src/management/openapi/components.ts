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
import { keySchemas } from '../keys/keys.schemas.js';
import { mailSchemas } from '../mail/mail.schemas.js';
import { PageQuery } from '../kit/paging.js';
import { passkeySchemas } from '../passkeys/passkeys.schemas.js';
import { policySchemas } from '../policies/policies.schemas.js';
import { type ResourceSchemas, objectSchema } from '../schema/answer-schema.js';
import type { Schema } from '../schema/schema.js';
import { schemaName, schemaOf } from '../schema/schema-of.js';
import { quotaSchemas } from '../quotas/quotas.schemas.js';
import { roleSchemas } from '../roles/roles.schemas.js';
import { readinessSchemas } from '../readiness/readiness.schemas.js';
import { tenantDeletionSchemas } from '../tenant-deletions/tenant-deletions.schemas.js';
import { tenantSchemas } from '../tenants/tenants.schemas.js';
import { textSchemas } from '../texts/texts.schemas.js';
import { userAttributeSchemas } from '../user-attributes/user-attributes.schemas.js';
import { userSchemas } from '../users/users.schemas.js';
import { webhookSchemas } from '../webhooks/webhooks.schemas.js';

/** What every list has. */
function pageSchemas(): ResourceSchemas {
  const info = objectSchema(
    {
      next: { type: ['string', 'null'], description: 'The `after` of the next page.' },
      has_more: { type: 'boolean', description: 'There is another page.' },
    },
    { examples: [{ next: 'MDFhMjBjY2I', has_more: true }] },
  );
  return { bodies: [], queries: [PageQuery], answers: { PageInfo: info } };
}

/** Every resource of the management API describes what it takes and answers. */
const RESOURCES: readonly (() => ResourceSchemas)[] = [
  tenantSchemas,
  policySchemas,
  tenantDeletionSchemas,
  domainSchemas,
  readinessSchemas,
  quotaSchemas,
  accessGrantSchemas,
  textSchemas,
  brandingSchemas,
  clientSchemas,
  clientRegistrationSchemas,
  userSchemas,
  factorSchemas,
  sessionSchemas,
  userAttributeSchemas,
  groupSchemas,
  invitationSchemas,
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
  return Object.fromEntries(queries.map((query) => [schemaName(query), schemaOf(query).properties ?? {}]));
}

function withExample(schema: Schema, example: unknown): Schema {
  return example === undefined ? schema : { ...schema, examples: [example] };
}
