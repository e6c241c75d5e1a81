import { type ScreenGroup, screen } from '../../shell/screen.js';

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

/** What an operator sees of a tenant, and an admin of the own one: the same page. */
export const tenantOverview: ScreenGroup = {
  path: '',
  area: 'tenant',
  section: 'home',
  label: 'nav.overview',
  icon: 'home',
  need: 'tenants:read',
  screens: [screen('', () => import('./tenant-page.js'), 'TenantPage')],
};
