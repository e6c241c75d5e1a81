import { EVENT_CATALOGUE } from '../../src/audit/catalogue/event-catalogue.js';
import { type EventDescription, SUM_DETAILS } from '../../src/audit/catalogue/event-description.js';
import type { TestDatabase } from './database.js';

/** Events of one kind: how many of them there are does not matter. */
interface RecordedKind {
  readonly type: string;
  readonly outcome: 'success' | 'failure';
  readonly target: string | null;
  readonly details: readonly string[] | null;
}

const KINDS = `
  SELECT DISTINCT type, outcome, split_part(target, ':', 1) AS target,
         (SELECT array_agg(name ORDER BY name) FROM jsonb_object_keys(details) AS name) AS details
    FROM audit_events WHERE type !~ '^(test|case)\\.'`;

/** @throws unless each event that was recorded is as the catalogue describes it */
export async function checkEvents(database: TestDatabase): Promise<void> {
  const kinds = await database.query<RecordedKind>(KINDS);
  const faults = new Set(kinds.flatMap(faultsOf));
  if (faults.size > 0)
    throw new Error(`The catalogue of events (src/audit/catalogue) differs:\n${[...faults].join('\n')}`);
}

function faultsOf({ type, outcome, target, details }: RecordedKind): string[] {
  const described = EVENT_CATALOGUE.get(type);
  if (!described) return [`${type} is unknown`];
  const targets: readonly string[] = described.target ?? [];
  const isKnownTarget = target === null || targets.includes(target);
  return [
    ...(described.outcomes.includes(outcome) ? [] : [`${type} is a ${outcome}`]),
    ...(isKnownTarget ? [] : [`${type} has the target ${target}`]),
    ...(described.isWrite ? [] : (details ?? []))
      .filter((name) => !isDescribed(described, outcome, name))
      .map((name) => `${type} has ${name} in its details`),
  ];
}

function isDescribed({ details = {} }: EventDescription, outcome: string, name: string): boolean {
  return Object.hasOwn(details, name) || (outcome === 'failure' && Object.hasOwn(SUM_DETAILS, name));
}
