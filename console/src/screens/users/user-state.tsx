import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** What people call a user. */
export function nameOf({ name, username }: Pick<Schema<'User'>, 'name' | 'username'>): string {
  return name ?? username;
}

/** Whether the person can sign in, and what is special about the account. */
export function UserState({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(texts);
  if (user.deletion_scheduled_for !== undefined) return <StateBadge tone="danger">{t('deletion')}</StateBadge>;
  if (!user.enabled) return <StateBadge tone="warn">{t('disabled')}</StateBadge>;
  return <StateBadge tone="good">{t('enabled')}</StateBadge>;
}
