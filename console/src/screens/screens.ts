import type { ScreenGroup } from '../shell/screen.js';
import { applications } from './applications/application-screens.js';
import { apis } from './apis/api-screens.js';
import { reviews } from './reviews/review-screens.js';
import { tenantOverview, tenants } from './tenants/tenant-screens.js';

/** Every screen there is, in the order of the navigation. */
export const SCREENS: readonly ScreenGroup[] = [tenants, tenantOverview, applications, apis, reviews];
