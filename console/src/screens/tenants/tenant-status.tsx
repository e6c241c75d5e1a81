import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function TenantStatus({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'status' | 'deletion_id'> }) {
  const t = useTexts(texts);
  if (tenant.deletion_id !== undefined) return <StateBadge tone="danger">{t('deletion')}</StateBadge>;
  return <StateBadge tone={tenant.status === 'active' ? 'good' : 'warn'}>{t(tenant.status)}</StateBadge>;
}
