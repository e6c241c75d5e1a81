import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const TONES = { queued: 'accent', kept: 'plain', sent: 'good', failed: 'danger' } as const;

export function MailState({ state }: Pick<Schema<'Mail'>, 'state'>) {
  const t = useTexts(texts);
  return <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>;
}
