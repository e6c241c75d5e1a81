import { type ScreenGroup, screen } from '../../shell/screen.js';

export const mail: ScreenGroup = {
  path: 'mail',
  area: 'tenant',
  section: 'configure',
  label: 'nav.mail',
  icon: 'mail',
  need: 'users:read',
  screens: [
    screen('', () => import('./mail-list.js'), 'MailList'),
    screen('$mail', () => import('./mail-page.js'), 'MailPage'),
  ],
};
