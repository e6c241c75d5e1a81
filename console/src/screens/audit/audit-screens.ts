import { type ScreenGroup, screen } from '../../shell/screen.js';

const screens = [screen('', () => import('./audit-page.js'), 'AuditPage')];
const shared = { path: 'audit', icon: 'audit', need: 'audit:read', screens } as const;

/** What happened in a tenant. */
export const audit: ScreenGroup = { ...shared, area: 'tenant', section: 'watch', label: 'nav.audit' };

/** What operators did: the log of tenant `system`. */
export const operatorAudit: ScreenGroup = {
  ...shared,
  area: 'platform',
  section: 'platform_section',
  label: 'nav.operator_audit',
};
