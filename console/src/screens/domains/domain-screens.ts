import { type ScreenGroup, screen } from '../../shell/screen.js';

export const domains: ScreenGroup = {
  path: 'domains',
  area: 'tenant',
  section: 'configure',
  label: 'nav.domains',
  icon: 'domain',
  need: 'tenants:read',
  screens: [
    screen('', () => import('./domain-list.js'), 'DomainList'),
    screen('new', () => import('./domain-new.js'), 'DomainNew'),
    screen('of/$domain', () => import('./domain-page.js'), 'DomainPage'),
  ],
  actions: [{ label: 'action.new_domain', path: 'new' }],
};
