import { type Locale, type MessageKey, type MessageSet, loadMessages } from '../language/messages.js';
import { type TextsOfTenant, wishesOf } from '../tenants/tenant-texts.js';
import type { MailValue } from './mail-template.js';

const VALUE_MAX = 200;
const LINE_BREAKS = /[\s\p{Zl}\p{Zp}]+/gu;
/** Control and format characters, without the joiners that the spelling of some scripts needs. */
const UNSEEN = /(?![\u200c\u200d])\p{C}/gu;

export type MailText = (key: MessageKey, values: Readonly<Record<string, MailValue>>) => string;

/** The texts of one mail. */
export interface MailTexts extends Pick<MessageSet, 'locale' | 'direction'> {
  readonly text: MailText;
}

/** In this language, in the tenant's own words where it wrote some. */
export async function mailTexts(locale: Locale, tenant: TextsOfTenant): Promise<MailTexts> {
  const messages = await loadMessages(locale, wishesOf(tenant));
  const text = messages.text as unknown as (key: MessageKey, values: Readonly<Record<string, MailValue>>) => string;
  return {
    locale: messages.locale,
    direction: messages.direction,
    text: (key, values) => text(key, mapValues(values, shown)),
  };
}

/** One line without characters that control or turn the reading direction: for headers and names. */
export function singleLine(value: string): string {
  return value.replace(LINE_BREAKS, ' ').trim().slice(0, VALUE_MAX).replace(UNSEEN, '');
}

/**
 * Values are typed by people, strangers too: somebody signs up with another's address and an advertisement as name. Mail
 * programs make links of whatever looks like an address of the web, so its dots get a joiner that cannot be seen.
 */
function shown(value: MailValue): MailValue {
  if (typeof value !== 'string') return value;
  const line = singleLine(value);
  return line.includes('@') && !line.includes('/') ? line : line.replace(/\.(?=[\p{L}\p{N}])|(?<=:)\/\//gu, '\u2060$&');
}

function mapValues<Value>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
