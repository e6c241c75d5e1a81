import { useSession } from '../../shell/session.js';

/** What helping people back in takes: `users:recover` is enough, and `users:write` holds it. */
export function useRecoverNeed(): string {
  const { permissions } = useSession();
  return permissions.includes('users:recover') ? 'users:recover' : 'users:write';
}
