import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function DomainState({
  domain,
}: {
  readonly domain: Pick<Schema<'Domain'>, 'status' | 'primary' | 'failing_since'>;
}) {
  const t = useTexts(texts);
  return (
    <>
      <StateBadge tone={domain.status === 'verified' ? 'good' : 'warn'}>{t(domain.status)}</StateBadge>{' '}
      {domain.failing_since !== null && (
        <>
          <StateBadge tone="danger">{t('failing')}</StateBadge>{' '}
        </>
      )}
      {domain.primary && <StateBadge tone="accent">{t('primary')}</StateBadge>}
    </>
  );
}
