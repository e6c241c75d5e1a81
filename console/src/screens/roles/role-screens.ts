import { type ScreenGroup, screen } from '../../shell/screen.js';

export const roles: ScreenGroup = {
  path: 'roles',
  area: 'tenant',
  section: 'people',
  label: 'nav.roles',
  icon: 'role',
  need: 'roles:read',
  screens: [
    screen('', () => import('./role-list.js'), 'RoleList'),
    screen('new', () => import('./role-new.js'), 'RoleNew'),
    screen('$role', () => import('./role-page.js'), 'RolePage'),
  ],
  actions: [{ label: 'action.new_role', path: 'new' }],
};
