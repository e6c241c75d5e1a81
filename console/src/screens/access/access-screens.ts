import { type ScreenGroup, screen } from '../../shell/screen.js';

export const accessGrants: ScreenGroup = {
  path: 'access-grants',
  area: 'tenant',
  section: 'watch',
  label: 'nav.access_grants',
  icon: 'grant',
  need: 'audit:read',
  screens: [
    screen('', () => import('./grant-list.js'), 'GrantList'),
    screen('new', () => import('./grant-new.js'), 'GrantNew'),
    screen('$grant', () => import('./grant-page.js'), 'GrantPage'),
  ],
};
