type Members = Readonly<Record<string, unknown>>;

/** What a change did: the members that differ, as they were and as they are. */
export interface ChangedMembers {
  readonly before: Members;
  readonly after: Members;
}

/** Members that are secrets, or too long to be worth keeping. */
export const LEFT_OUT = new Set([
  'password',
  'client_secret',
  'secret',
  'secrets',
  'logo',
  'logo_dark',
  'favicon',
  'jwks',
]);
/** They follow from the change. */
const FOLLOWING = new Set([
  'version',
  'created_at',
  'updated_at',
  'warnings',
  'client_secrets',
  'effective_policy',
  'changes',
]);
const LONGEST = 16_384;

/**
 * Compares what the API shows of a resource before and after a change. A member that is not there is null. Undefined when
 * nothing that is shown has changed, or too much to be kept.
 */
export function findChangedMembers(before: object, after: object): ChangedMembers | undefined {
  const changed = compare(before as Members, after as Members);
  return changed && bounded(changed);
}

/**
 * The members `before` and `after` of an event's details: of what is new, what it is; of what is gone, what it was; and of
 * what was changed, both, as far as they differ.
 */
export function changeDetails(
  before: object | undefined,
  after: object | undefined,
): { readonly before?: Members; readonly after?: Members } | undefined {
  if (before && after) return findChangedMembers(before, after);
  const values = before ? membersOf(before) : after && valuesOf(after);
  return values && (before ? { before: values } : { after: values });
}

/** What the API showed of something that is gone. Undefined when it is too much to be kept. */
function membersOf(gone: object): Members | undefined {
  const members = Object.entries(gone).filter(([name]) => !LEFT_OUT.has(name) && !FOLLOWING.has(name));
  return bounded(Object.fromEntries(members));
}

/** What the API shows of something new, without what is empty. */
function valuesOf(made: object): Members | undefined {
  const members = membersOf(made);
  return members && (withoutNothing(members) as Members);
}

function bounded<Value extends object>(members: Value): Value | undefined {
  return JSON.stringify(members).length <= LONGEST ? members : undefined;
}

function withoutNothing(value: unknown): unknown {
  if (!isMembers(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNothing(member)]));
}

function compare(before: Members, after: Members): ChangedMembers | undefined {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (LEFT_OUT.has(name) || FOLLOWING.has(name)) continue;
    const [one = null, other = null] = [before[name], after[name]];
    if (JSON.stringify(one) === JSON.stringify(other)) continue;
    const inner = isMembers(one) && isMembers(other) ? compare(one, other) : { before: one, after: other };
    if (inner) [was[name], is[name]] = [inner.before, inner.after];
  }
  return Object.keys(was).length === 0 ? undefined : { before: was, after: is };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
