import { type ScreenGroup, screen } from '../../shell/screen.js';

export const applications: ScreenGroup = {
  path: 'applications',
  area: 'tenant',
  section: 'build',
  label: 'nav.applications',
  icon: 'application',
  need: 'clients:read',
  screens: [
    screen('', () => import('./application-list.js'), 'ApplicationList'),
    screen('new', () => import('./application-new.js'), 'ApplicationNew'),
    screen('$client', () => import('./application-page.js'), 'ApplicationPage'),
  ],
  actions: [{ label: 'action.new_application', path: 'new' }],
};
