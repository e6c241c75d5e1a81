import { type ScreenGroup, screen } from '../../shell/screen.js';

export const attributes: ScreenGroup = {
  path: 'attributes',
  area: 'tenant',
  section: 'people',
  label: 'nav.attributes',
  icon: 'attribute',
  need: 'tenants:read',
  screens: [
    screen('', () => import('./attribute-list.js'), 'AttributeList'),
    screen('new', () => import('./attribute-new.js'), 'AttributeNew'),
    screen('$attribute', () => import('./attribute-page.js'), 'AttributePage'),
  ],
  actions: [{ label: 'action.new_attribute', path: 'new' }],
};
