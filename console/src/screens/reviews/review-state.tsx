import type { Schema } from '../../api/operation.js';
import { StateBadge, type Tone } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export const STATES = ['pending', 'approved', 'rejected', 'suspended', 'draft'] as const;
export type ReviewStateName = (typeof STATES)[number];

const TONES: Readonly<Record<ReviewStateName, Tone>> = {
  pending: 'warn',
  approved: 'good',
  rejected: 'danger',
  suspended: 'danger',
  draft: 'plain',
};

export function ReviewState({ state }: Pick<Schema<'ListedClientRegistration'>, 'state'>) {
  const t = useTexts(texts);
  return <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>;
}
