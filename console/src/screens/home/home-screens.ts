import { type ScreenGroup, screen } from '../../shell/screen.js';

/** What an operator sees first. */
export const operatorHome: ScreenGroup = {
  path: '',
  area: 'platform',
  section: 'platform_section',
  label: 'nav.home',
  icon: 'home',
  need: 'operator',
  screens: [screen('', () => import('./operator-home.js'), 'OperatorHome')],
};
