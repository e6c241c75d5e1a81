import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function ApplicationStatus({ client }: { readonly client: Pick<Schema<'Client'>, 'enabled'> }) {
  const t = useTexts(texts);
  return client.enabled ? (
    <StateBadge tone="good">{t('enabled')}</StateBadge>
  ) : (
    <StateBadge tone="danger">{t('disabled')}</StateBadge>
  );
}
