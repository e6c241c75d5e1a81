import { type ScreenGroup, screen } from '../../shell/screen.js';

export const setupLinks: ScreenGroup = {
  path: 'setup-links',
  area: 'tenant',
  section: 'configure',
  label: 'nav.setup_links',
  icon: 'grant',
  need: 'tenants:read',
  screens: [
    screen('', () => import('./setup-link-list.js'), 'SetupLinkList'),
    screen('new', () => import('./setup-link-new.js'), 'SetupLinkNew'),
    screen('$link', () => import('./setup-link-page.js'), 'SetupLinkPage'),
  ],
  actions: [{ label: 'action.new_setup_link', path: 'new' }],
};

/** What somebody sees first who came by a link. */
export const setupHome: ScreenGroup = {
  path: '',
  area: 'tenant',
  section: 'home',
  label: 'nav.home',
  icon: 'home',
  screens: [screen('', () => import('./setup-home.js'), 'SetupHome')],
};
