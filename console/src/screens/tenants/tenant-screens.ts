import { type ScreenGroup, screen } from '../../shell/screen.js';
import { TenantHome } from '../home/tenant-home.js';

export const tenants: ScreenGroup = {
  path: 'tenants',
  area: 'platform',
  section: 'platform_section',
  label: 'nav.tenants',
  icon: 'tenants',
  need: ['operator', 'tenants:read'],
  screens: [
    screen('', () => import('./tenant-list.js'), 'TenantList'),
    screen('new', () => import('./tenant-wizard.js'), 'TenantWizard'),
  ],
  actions: [{ label: 'action.new_tenant', path: 'new' }],
};

/** What an operator sees of a tenant, and what its admins see first. */
export const tenantOverview: ScreenGroup = {
  path: '',
  area: 'tenant',
  section: 'home',
  label: 'nav.overview',
  icon: 'home',
  need: 'tenants:read',
  // It is small, and loads one of two screens.
  screens: [{ path: '', component: TenantHome }],
};

/** The page of the tenant, for its own admins, who have another first screen. */
export const ownTenant: ScreenGroup = {
  path: 'tenant',
  area: 'tenant',
  section: 'configure',
  label: 'nav.own_tenant',
  icon: 'platform',
  need: ['own_tenant', 'tenants:read'],
  screens: [screen('', () => import('./tenant-page.js'), 'TenantPage')],
};
