import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';

/** Without those that look like another one when they are read aloud. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUP = 5;
const SHORTEST = 20;

/** A password that nobody has had before, in groups that can be read over the phone: `k7mwp-…`. */
export function randomPassword(length: number): string {
  const bytes = new Uint8Array(Math.max(length, SHORTEST) * 2);
  crypto.getRandomValues(bytes);
  // Bytes above would make the first letters likelier than the others.
  const fair = [...bytes].filter((byte) => byte < LETTERS.length * Math.floor(256 / LETTERS.length));
  const letters = fair.slice(0, Math.max(length, SHORTEST)).map((byte) => LETTERS[byte % LETTERS.length]);
  return (letters.join('').match(new RegExp(`.{1,${String(GROUP)}}`, 'g')) ?? []).join('-');
}

/** How long a password has to be at this tenant, where that may be seen. */
export function usePasswordLength(): number {
  const { tenant } = useTenant();
  const enabled = usePermission()('tenants:read').allowed;
  const policy = useRead('getTenant', { path: { tenant } }, { enabled }).data?.body.effective_policy;
  return policy?.password_min_length ?? SHORTEST;
}
