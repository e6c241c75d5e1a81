import type { ScreenGroup } from '../shell/screen.js';
import { branding } from './branding/branding-screens.js';
import { domains } from './domains/domain-screens.js';
import { keys } from './keys/key-screens.js';
import { mail } from './mail/mail-screens.js';
import { policies } from './policies/policy-screens.js';
import { templates } from './templates/template-screens.js';
import { tenantOverview, tenants } from './tenants/tenant-screens.js';

/** Every screen there is, in the order of the navigation. */
export const SCREENS: readonly ScreenGroup[] = [
  tenants,
  templates,
  tenantOverview,
  policies,
  branding,
  keys,
  domains,
  mail,
];
