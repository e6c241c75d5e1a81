import { type ScreenGroup, screen } from '../../shell/screen.js';

export const keys: ScreenGroup = {
  path: 'keys',
  area: 'tenant',
  section: 'configure',
  label: 'nav.keys',
  icon: 'key',
  need: 'keys:read',
  screens: [
    screen('', () => import('./key-list.js'), 'KeyList'),
    screen('$kid', () => import('./key-page.js'), 'KeyPage'),
  ],
};
