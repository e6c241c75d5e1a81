import { type ScreenGroup, screen } from '../../shell/screen.js';

export const platform: ScreenGroup = {
  path: 'platform',
  area: 'platform',
  section: 'platform_section',
  label: 'nav.health',
  icon: 'platform',
  need: 'operator',
  screens: [screen('', () => import('./platform-page.js'), 'PlatformPage')],
};
