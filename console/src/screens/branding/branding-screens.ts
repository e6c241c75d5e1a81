import { type ScreenGroup, screen } from '../../shell/screen.js';

export const branding: ScreenGroup = {
  path: 'branding',
  area: 'tenant',
  section: 'configure',
  label: 'nav.branding',
  icon: 'branding',
  need: 'tenants:read',
  screens: [screen('', () => import('./branding-page.js'), 'BrandingPage')],
};

/** What changes the look of the pages; the role `branding` has it alone. */
export const NEED = 'branding:write';
