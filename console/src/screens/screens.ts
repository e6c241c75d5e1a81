import type { ScreenGroup } from '../shell/screen.js';
import { accessGrants } from './access/access-screens.js';
import { audit, operatorAudit } from './audit/audit-screens.js';
import { operatorHome } from './home/home-screens.js';
import { platform } from './platform/platform-screens.js';
import { ownTenant, tenantOverview, tenants } from './tenants/tenant-screens.js';
import { webhooks } from './webhooks/webhook-screens.js';

/** Every screen there is, in the order of the navigation. */
export const SCREENS: readonly ScreenGroup[] = [
  operatorHome,
  tenants,
  platform,
  operatorAudit,
  tenantOverview,
  ownTenant,
  audit,
  webhooks,
  accessGrants,
];
