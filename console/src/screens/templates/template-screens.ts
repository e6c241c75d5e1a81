import { type ScreenGroup, screen } from '../../shell/screen.js';

/** Policies above tenants: of the platform, and of kinds of tenants. */
export const templates: ScreenGroup = {
  path: 'templates',
  area: 'platform',
  section: 'platform_section',
  label: 'nav.templates',
  icon: 'templates',
  need: ['operator', 'tenants:read'],
  screens: [
    screen('', () => import('./template-list.js'), 'TemplateList'),
    screen('new', () => import('./template-new.js'), 'TemplateNew'),
    screen('platform', () => import('./platform-policy.js'), 'PlatformPolicyPage'),
    screen('of/$template', () => import('./template-page.js'), 'TemplatePage'),
  ],
  actions: [{ label: 'action.new_template', path: 'new' }],
};
