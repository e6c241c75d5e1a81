import { type ScreenGroup, screen } from '../../shell/screen.js';

export const groups: ScreenGroup = {
  path: 'groups',
  area: 'tenant',
  section: 'people',
  label: 'nav.groups',
  icon: 'group',
  need: 'users:read',
  screens: [
    screen('', () => import('./group-list.js'), 'GroupList'),
    screen('new', () => import('./group-new.js'), 'GroupNew'),
    screen('$group', () => import('./group-page.js'), 'GroupPage'),
  ],
  actions: [{ label: 'action.new_group', path: 'new' }],
};
