import { type ScreenGroup, screen } from '../../shell/screen.js';

export const apis: ScreenGroup = {
  path: 'apis',
  area: 'tenant',
  section: 'build',
  label: 'nav.apis',
  icon: 'api',
  need: 'apis:read',
  screens: [
    screen('', () => import('./api-list.js'), 'ApiList'),
    screen('new', () => import('./api-new.js'), 'ApiNew'),
    screen('$api', () => import('./api-page.js'), 'ApiPage'),
    screen('$api/roles/new', () => import('./role-new.js'), 'ApiRoleNew'),
    screen('$api/roles/$role', () => import('./role-page.js'), 'ApiRolePage'),
  ],
  actions: [{ label: 'action.new_api', path: 'new' }],
};
