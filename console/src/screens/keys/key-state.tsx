import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const TONES = { next: 'accent', current: 'good', previous: 'plain' } as const;

export function KeyState({ state }: Pick<Schema<'Key'>, 'state'>) {
  const t = useTexts(texts);
  return <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>;
}
