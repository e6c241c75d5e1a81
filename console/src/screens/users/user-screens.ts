import { type ScreenGroup, screen } from '../../shell/screen.js';

export const users: ScreenGroup = {
  path: 'users',
  area: 'tenant',
  section: 'people',
  label: 'nav.users',
  icon: 'user',
  need: 'users:read',
  screens: [
    screen('', () => import('./user-list.js'), 'UserList'),
    screen('new', () => import('./user-new.js'), 'UserNew'),
    screen('import', () => import('./user-import.js'), 'UserImport'),
    screen('$user', () => import('./user-page.js'), 'UserPage'),
  ],
  actions: [
    { label: 'action.new_user', path: 'new' },
    { label: 'action.import_users', path: 'import' },
  ],
};
