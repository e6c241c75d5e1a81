const NAMES = ['tenant_id', 'id', 'occurred_at', 'type', 'outcome', 'actor', 'client_id', 'user_id', 'target'];
const ALL_NAMES = [...NAMES, 'address', 'request_id', 'details'];

export const AUDIT_COLUMNS = ALL_NAMES.join(', ');

/** The same of a table that has another name in the statement. */
export const auditColumnsOf = (alias: string) => ALL_NAMES.map((name) => `${alias}.${name}`).join(', ');

const AS_EVENT = `AS event (tenant_id uuid, id uuid, occurred_at timestamptz, type text, outcome text, actor text,
  client_id text, user_id uuid, target text, address text, request_id text, details jsonb)`;

/**
 * SQL that stores the events of a JSON parameter, none when it is null. As a common table expression it is part of the
 * step it records: `source` is what that step returned, and without a row of it nothing is recorded. An event that is
 * stored already is left alone, so that a batch whose answer was lost can be sent again.
 * @param columns what is taken from `source` instead of the event, e.g. `{ user_id: 'revoked.user_id' }`
 */
export function insertAuditEvents(
  parameter: string,
  { source, columns = {} }: { readonly source?: string; readonly columns?: Readonly<Record<string, string>> } = {},
): string {
  const values = ALL_NAMES.map((name) => columns[name] ?? `event.${name}`).join(', ');
  const from = `jsonb_to_recordset(${parameter}::jsonb) ${AS_EVENT}`;
  return `INSERT INTO audit_events (${AUDIT_COLUMNS})
    SELECT ${values} FROM ${source === undefined ? from : `${source}, ${from}`}
    ON CONFLICT DO NOTHING`;
}

/** One parameter of the events of several (`AuditRecorder.parameterOf`, JSON arrays). */
export function joinParameters(parameters: readonly (string | undefined)[]): string | undefined {
  const [only, ...more] = parameters.filter((parameter) => parameter !== undefined);
  if (more.length === 0) return only;
  return `[${[only, ...more].map((array) => array?.slice(1, -1)).join(',')}]`;
}
