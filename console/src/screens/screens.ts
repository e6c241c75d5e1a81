import type { ScreenGroup } from '../shell/screen.js';
import { tenantOverview, tenants } from './tenants/tenant-screens.js';

/** Every screen there is, in the order of the navigation. */
export const SCREENS: readonly ScreenGroup[] = [tenants, tenantOverview];
