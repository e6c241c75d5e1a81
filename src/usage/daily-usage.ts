import type { AuditEventType } from '../audit/catalogue/event-catalogue.js';

/** What is counted of a tenant, and the events that each of them is counted from. */
export const USAGE_EVENTS = {
  signIns: ['user.signed_in'],
  failedSignIns: ['user.sign_in_failed', 'user.second_factor_failed'],
  newUsers: ['user.created', 'user.signed_up', 'invitation.accepted'],
  issuedTokens: ['token.issued'],
  refusedTokens: ['token.refused', 'client.authentication_failed'],
  mails: ['mail.sent'],
} as const satisfies Readonly<Record<string, readonly AuditEventType[]>>;

export type UsageName = keyof typeof USAGE_EVENTS;
export type UsageCounts = Readonly<Record<UsageName, number>>;

export const USAGE_NAMES = Object.keys(USAGE_EVENTS) as readonly UsageName[];
export const NO_USAGE = Object.fromEntries(USAGE_NAMES.map((name) => [name, 0])) as UsageCounts;

/** How long a day is kept: a year can be compared with the one before it. */
export const KEPT_DAYS = 400;

export interface DailyUsage extends UsageCounts {
  /** YYYY-MM-DD in UTC. */
  readonly day: string;
}

interface CountedEvent {
  readonly type: string;
  readonly occurred_at: Date | string;
  readonly details: unknown;
}

const NAME_BY_TYPE: ReadonlyMap<string, UsageName> = new Map(
  USAGE_NAMES.flatMap((name) => USAGE_EVENTS[name].map((type) => [type, name] as const)),
);

/** The days on which these events happened, each with what they count. Most events count nothing. */
export function countUsage(events: readonly CountedEvent[]): DailyUsage[] {
  const days = new Map<string, Record<UsageName, number>>();
  for (const { type, occurred_at: occurredAt, details } of events) {
    const name = NAME_BY_TYPE.get(type);
    if (name === undefined) continue;
    const day = dayOf(new Date(occurredAt));
    const counts = days.get(day) ?? { ...NO_USAGE };
    counts[name] += timesOf(details);
    days.set(day, counts);
  }
  return [...days].map(([day, counts]) => ({ day, ...counts }));
}

/** YYYY-MM-DD in UTC. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Refusals that came in numbers are one event, which says how many there were. */
function timesOf(details: unknown): number {
  const { count } = (details ?? {}) as { readonly count?: unknown };
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1;
}
