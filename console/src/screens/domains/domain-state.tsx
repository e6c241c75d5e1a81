import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function DomainState({ domain }: { readonly domain: Pick<Schema<'Domain'>, 'status' | 'primary'> }) {
  const t = useTexts(texts);
  return (
    <>
      <StateBadge tone={domain.status === 'verified' ? 'good' : 'warn'}>{t(domain.status)}</StateBadge>{' '}
      {domain.primary && <StateBadge tone="accent">{t('primary')}</StateBadge>}
    </>
  );
}
