import { type ScreenGroup, screen } from '../../shell/screen.js';

export const reviews: ScreenGroup = {
  path: 'reviews',
  area: 'tenant',
  section: 'build',
  label: 'nav.reviews',
  icon: 'review',
  need: 'clients:read',
  screens: [
    screen('', () => import('./review-list.js'), 'ReviewList'),
    screen('$registration', () => import('./review-page.js'), 'ReviewPage'),
  ],
};
