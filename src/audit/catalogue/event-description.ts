/** What the log says of a type of event. */
export interface EventDescription {
  /** What has happened when it is recorded. For the documentation and the management API. */
  readonly when: string;
  readonly outcomes: readonly EventOutcome[];
  /** Before the colon of `target`. Without one the event concerns its user or client alone. */
  readonly target?: readonly [string, ...string[]];
  /** Members of `details`, and what they hold. Each may be missing. */
  readonly details?: Readonly<Record<string, string>>;
  /**
   * A write of the management API. Its `details` have those of `WRITE_DETAILS` too, and the members of the request by
   * their own names.
   */
  readonly isWrite?: true;
}

export type EventOutcome = 'success' | 'failure';

export const DONE: readonly EventOutcome[] = ['success'];
export const REFUSED: readonly EventOutcome[] = ['failure'];
export const EITHER: readonly EventOutcome[] = ['success', 'failure'];

/** Of every write of the management API. */
export const WRITE_DETAILS: Readonly<Record<string, string>> = {
  changed: 'the members that the request had',
  before: 'of a change the members that differ, as they were; of what was removed all of them',
  after: 'of a change the same members, as they are; of what is new all that have a value',
  through: 'the client through which a person acted',
  access_grant: 'the [access grant](operator-access.md) by which an operator acted',
  made_by: 'who made the [setup link](setup-links.md) by which it was done',
};

/** Of refusals that came in numbers and are one event. */
export const SUM_DETAILS: Readonly<Record<string, string>> = {
  count: 'how many there were',
  first_at: 'when the first one was',
};
