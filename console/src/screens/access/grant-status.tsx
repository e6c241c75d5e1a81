import type { Schema } from '../../api/operation.js';
import { StateBadge, type Tone } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

type Grant = Schema<'AccessGrant'>;

const TONES: Readonly<Record<Grant['status'], Tone>> = {
  requested: 'warn',
  waiting: 'warn',
  active: 'danger',
  refused: 'plain',
  ended: 'plain',
  expired: 'plain',
};

export function GrantStatus({ grant }: { readonly grant: Pick<Grant, 'status'> }) {
  const t = useTexts(texts);
  return <StateBadge tone={TONES[grant.status]}>{t(grant.status)}</StateBadge>;
}

/** Something can still be done about it. */
export function isOpen({ status }: Pick<Grant, 'status'>): boolean {
  return ['requested', 'waiting', 'active'].includes(status);
}

export function useGrantWords() {
  const t = useTexts(texts);
  return {
    reach: ({ reach }: Pick<Grant, 'reach'>) => reach.map((one) => t(one)).join(', '),
    level: ({ level }: Pick<Grant, 'level'>) => t(`level_${level}`),
    duration: (seconds: number) =>
      seconds % 3600 === 0 ? t('hours', { count: seconds / 3600 }) : t('minutes', { count: Math.round(seconds / 60) }),
  };
}
