import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

type Webhook = Pick<Schema<'Webhook'>, 'enabled' | 'failing_since' | 'disabled_reason'>;

/** Whoever makes one decides where the log goes, so it takes reading the log too. */
export const WEBHOOK_WRITERS = ['webhooks:write', 'audit:read'] as const;

export function WebhookStatus({ webhook }: { readonly webhook: Webhook }) {
  const t = useTexts(texts);
  if (webhook.disabled_reason !== null) return <StateBadge tone="danger">{t('stopped')}</StateBadge>;
  if (!webhook.enabled) return <StateBadge tone="plain">{t('disabled')}</StateBadge>;
  if (webhook.failing_since !== null) return <StateBadge tone="danger">{t('failing')}</StateBadge>;
  return <StateBadge tone="good">{t('enabled')}</StateBadge>;
}
