import { type EventDescription, WRITE_DETAILS } from '../../audit/catalogue/event-description.js';
import type { View } from '../kit/view.js';

export function eventTypeView([type, { when, outcomes, target, details, isWrite }]: [string, EventDescription]): View {
  return {
    type,
    description: plain(when),
    outcomes,
    targets: target ?? [],
    details: { ...(isWrite && WRITE_DETAILS), ...details },
  };
}

/** Links of the documentation lead nowhere here. */
function plain(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
