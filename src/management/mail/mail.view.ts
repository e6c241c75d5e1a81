import type { OutboxRow } from '../../mail/mails.repository.js';
import type { View } from '../kit/view.js';

/** How a mail fares. Never its content. */
export function mailView(mail: OutboxRow): View {
  return {
    id: mail.id,
    template: mail.template,
    locale: mail.locale,
    recipient: mail.recipient,
    user_id: mail.user_id,
    state: mail.state,
    attempts: mail.attempts,
    reply: mail.reply,
    next_attempt_at: mail.state === 'queued' ? mail.due_at : null,
    created_at: mail.created_at,
    ended_at: mail.ended_at,
  };
}
