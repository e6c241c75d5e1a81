import { accessGrants } from './access-grants.js';
import { apiRoles } from './api-roles.js';
import { apis } from './apis.js';
import { auditEvents } from './audit-events.js';
import { branding } from './branding.js';
import { clientRegistrations } from './client-registrations.js';
import { clients } from './clients.js';
import { consents } from './consents.js';
import { eventTypes } from './event-types.js';
import { domains } from './domains.js';
import { groups } from './groups.js';
import { invitations } from './invitations.js';
import { keys } from './keys.js';
import { policyTemplates } from './policy-templates.js';
import { passkeys } from './passkeys.js';
import { mail } from './mail.js';
import type { Resource } from './resource.js';
import { roles } from './roles.js';
import { setupLinks } from './setup-links.js';
import { tenants } from './tenants.js';
import { texts } from './texts.js';
import { userAttributes } from './user-attributes.js';
import { users } from './users.js';
import { webhooks } from './webhooks.js';

/** Everything of the management API that has commands, in the order of the help. */
export const RESOURCES: readonly Resource[] = [
  tenants,
  policyTemplates,
  clients,
  clientRegistrations,
  users,
  userAttributes,
  domains,
  groups,
  invitations,
  passkeys,
  roles,
  apis,
  apiRoles,
  keys,
  consents,
  accessGrants,
  setupLinks,
  auditEvents,
  eventTypes,
  mail,
  webhooks,
  texts,
  branding,
];
