import { type ScreenGroup, screen } from '../../shell/screen.js';

export const invitations: ScreenGroup = {
  path: 'invitations',
  area: 'tenant',
  section: 'people',
  label: 'nav.invitations',
  icon: 'mail',
  need: 'users:read',
  screens: [
    screen('', () => import('./invitation-list.js'), 'InvitationList'),
    screen('new', () => import('./invitation-new.js'), 'InvitationNew'),
    screen('$invitation', () => import('./invitation-page.js'), 'InvitationPage'),
  ],
  actions: [{ label: 'action.invite', path: 'new' }],
};
