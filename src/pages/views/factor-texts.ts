import type { MessageSet } from '../../language/messages.js';

/** Names of factors in the catalogue of texts. */
const KEYS = { totp: 'totp', passkey: 'passkey', 'email-code': 'emailCode', 'recovery-code': 'recoveryCode' } as const;

/** What a factor is called. One that was added from outside has no text and is called by its name. */
export function factorName(factor: string, messages: MessageSet): string {
  const key = keyOf(factor);
  return key === undefined
    ? messages.text('factors.other.name', { name: factor })
    : messages.text(`factors.${key}.name`);
}

export function factorTexts(factor: string, messages: MessageSet): { readonly title: string; readonly text: string } {
  const key = keyOf(factor) ?? 'other';
  return { title: messages.text(`factors.${key}.title`), text: messages.text(`factors.${key}.text`) };
}

function keyOf(factor: string) {
  return Object.hasOwn(KEYS, factor) ? KEYS[factor as keyof typeof KEYS] : undefined;
}
