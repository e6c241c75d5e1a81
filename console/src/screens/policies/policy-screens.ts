import { type ScreenGroup, screen } from '../../shell/screen.js';

export const policies: ScreenGroup = {
  path: 'policies',
  area: 'tenant',
  section: 'configure',
  label: 'nav.policies',
  icon: 'policy',
  need: 'tenants:read',
  screens: [screen('', () => import('./policy-page.js'), 'PolicyPage')],
};
