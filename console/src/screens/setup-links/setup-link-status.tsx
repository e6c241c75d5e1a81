import type { Schema } from '../../api/operation.js';
import { StateBadge, type Tone } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const TONES: Readonly<Record<Schema<'SetupLink'>['status'], Tone>> = {
  open: 'good',
  used: 'accent',
  expired: 'plain',
  revoked: 'plain',
};

export function SetupLinkStatus({ link }: { readonly link: Pick<Schema<'SetupLink'>, 'status' | 'works'> }) {
  const t = useTexts(texts);
  return isStuck(link) ? (
    <StateBadge tone="danger">{t('stuck')}</StateBadge>
  ) : (
    <StateBadge tone={TONES[link.status]}>{t(link.status)}</StateBadge>
  );
}

export function isLive({ status }: Pick<Schema<'SetupLink'>, 'status'>): boolean {
  return status === 'open' || status === 'used';
}

/** Its time is not over, and who made it may not do any more what it is for. */
export function isStuck(link: Pick<Schema<'SetupLink'>, 'status' | 'works'>): boolean {
  return isLive(link) && !link.works;
}

/** Whoever may do one of the purposes may make a link for it. */
export function usePurposeNames(): (link: Pick<Schema<'SetupLink'>, 'purposes'>) => string {
  const t = useTexts(texts);
  return ({ purposes }) => purposes.map((purpose) => t(purpose)).join(', ');
}
