/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly state: 'good' | 'note' | 'bad';
  /** What was seen, and for what is bad how to mend it. */
  readonly text: string;
}
