import type { Schema } from '../../api/operation.js';
import { StateBadge, type Tone } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const TONES: Readonly<Record<Schema<'Invitation'>['status'], Tone>> = {
  pending: 'accent',
  accepted: 'good',
  withdrawn: 'plain',
  expired: 'warn',
};

export function InvitationStatus({ status }: { readonly status: Schema<'Invitation'>['status'] }) {
  const t = useTexts(texts);
  return <StateBadge tone={TONES[status]}>{t(status)}</StateBadge>;
}
