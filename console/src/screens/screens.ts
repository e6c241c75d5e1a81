import type { ScreenGroup } from '../shell/screen.js';
import { attributes } from './attributes/attribute-screens.js';
import { groups } from './groups/group-screens.js';
import { invitations } from './invitations/invitation-screens.js';
import { roles } from './roles/role-screens.js';
import { tenantOverview, tenants } from './tenants/tenant-screens.js';
import { users } from './users/user-screens.js';

/** Every screen there is, in the order of the navigation. */
export const SCREENS: readonly ScreenGroup[] = [tenants, tenantOverview, users, invitations, groups, roles, attributes];
