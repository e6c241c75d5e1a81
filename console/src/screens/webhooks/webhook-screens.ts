import { type ScreenGroup, screen } from '../../shell/screen.js';

export const webhooks: ScreenGroup = {
  path: 'webhooks',
  area: 'tenant',
  section: 'watch',
  label: 'nav.webhooks',
  icon: 'webhook',
  need: 'webhooks:read',
  screens: [
    screen('', () => import('./webhook-list.js'), 'WebhookList'),
    screen('new', () => import('./webhook-new.js'), 'WebhookNew'),
    screen('$webhook', () => import('./webhook-page.js'), 'WebhookPage'),
  ],
  actions: [{ label: 'action.new_webhook', path: 'new' }],
};
