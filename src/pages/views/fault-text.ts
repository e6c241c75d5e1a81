import type { MetadataFault } from '../../clients/metadata-faults.js';
import type { MessageKey, MessageSet } from '../../language/messages.js';
import type { FaultValue } from '../../oauth/fault.js';
import type { UriDifferenceReason } from '../../oauth/redirect-uri-difference-texts.js';
import { displayName } from '../look/display-text.js';

/** Values hold what people and other systems wrote. */
const VALUE_MAX_LENGTH = 300;

/** The rule for clients that was broken. */
export function ruleText({ code, values }: MetadataFault, messages: MessageSet): string {
  return filledIn(`clients.rule.${code}`, values, messages);
}

/** How a redirect URI differs from a registered one. */
export function differenceText({ code, values }: UriDifferenceReason, messages: MessageSet): string {
  return filledIn(`clients.differs.${code}`, values, messages);
}

function filledIn(
  key: Extract<MessageKey, `clients.${'rule' | 'differs'}.${string}`>,
  values: Readonly<Record<string, FaultValue>>,
  { text }: MessageSet,
): string {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? displayName(value, '', VALUE_MAX_LENGTH) : value,
  ]);
  // The code decides which values there are; test/pages/fault-texts goes through all.
  return (text as (key: MessageKey, values: object) => string)(key, Object.fromEntries(shown) as object);
}
