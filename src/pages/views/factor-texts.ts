import type { MessageSet } from '../../language/messages.js';
import type { NamedFactor } from '../second-factor-content.js';

/** Names of factors in the catalogue of texts. */
const KEYS = { totp: 'totp', passkey: 'passkey', 'email-code': 'emailCode', 'recovery-code': 'recoveryCode' } as const;

/** What a factor is called. One that was added from outside says so itself, or is called by its name. */
export function factorName({ factor, label }: NamedFactor, messages: MessageSet): string {
  const key = keyOf(factor);
  if (key !== undefined) return messages.text(`factors.${key}.name`);
  return label ?? messages.text('factors.other.name', { name: factor });
}

export function factorTexts(
  { factor }: NamedFactor,
  messages: MessageSet,
): { readonly title: string; readonly text: string } {
  const key = keyOf(factor) ?? 'other';
  return { title: messages.text(`factors.${key}.title`), text: messages.text(`factors.${key}.text`) };
}

function keyOf(factor: string) {
  return Object.hasOwn(KEYS, factor) ? KEYS[factor as keyof typeof KEYS] : undefined;
}
