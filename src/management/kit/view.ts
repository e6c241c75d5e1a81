/** What the management API shows of a row: snake case, times in ISO 8601, never a secret. */
export type View = Readonly<Record<string, unknown>>;
