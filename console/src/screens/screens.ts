import type { ScreenGroup } from '../shell/screen.js';
import type { Session } from '../shell/session.js';
import { accessGrants } from './access/access-screens.js';
import { apis } from './apis/api-screens.js';
import { applications } from './applications/application-screens.js';
import { attributes } from './attributes/attribute-screens.js';
import { audit, operatorAudit } from './audit/audit-screens.js';
import { branding } from './branding/branding-screens.js';
import { domains } from './domains/domain-screens.js';
import { groups } from './groups/group-screens.js';
import { operatorHome } from './home/home-screens.js';
import { invitations } from './invitations/invitation-screens.js';
import { keys } from './keys/key-screens.js';
import { mail } from './mail/mail-screens.js';
import { platform } from './platform/platform-screens.js';
import { policies } from './policies/policy-screens.js';
import { reviews } from './reviews/review-screens.js';
import { SETUP_PLACES } from './setup-links/setup-places.js';
import { setupHome, setupLinks } from './setup-links/setup-link-screens.js';
import { roles } from './roles/role-screens.js';
import { templates } from './templates/template-screens.js';
import { ownTenant, tenantOverview, tenants } from './tenants/tenant-screens.js';
import { users } from './users/user-screens.js';
import { webhooks } from './webhooks/webhook-screens.js';

/** Every screen there is, in the order of the navigation. */
export const SCREENS: readonly ScreenGroup[] = [
  operatorHome,
  tenants,
  templates,
  platform,
  operatorAudit,
  tenantOverview,
  ownTenant,
  applications,
  apis,
  reviews,
  users,
  invitations,
  groups,
  roles,
  attributes,
  policies,
  branding,
  keys,
  domains,
  setupLinks,
  mail,
  audit,
  webhooks,
  accessGrants,
];

/** Those that there are for whoever looks at them: a setup link leads to those of its purposes. */
export function screensOf({ setup }: Pick<Session, 'setup'>): readonly ScreenGroup[] {
  if (!setup) return SCREENS;
  const paths = setup.purposes.map((purpose) => SETUP_PLACES[purpose]);
  return [setupHome, ...SCREENS.filter(({ area, path }) => area === 'tenant' && paths.includes(path))];
}
