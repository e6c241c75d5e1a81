import type { SetupLink } from '../../setup-links/setup-link.js';
import type { View } from '../kit/view.js';

/**
 * Never its address: whoever has it can do what it is for.
 * @param isAllowed who made it still may do all of that
 */
export function setupLinkView(link: SetupLink, isAllowed: boolean): View {
  return {
    id: link.id,
    status: link.status,
    works: isAllowed && mayBeInUse(link),
    purposes: link.purposes,
    single_use: link.singleUse,
    email: link.email,
    locale: link.locale,
    note: link.note,
    made_by: link.madeBy,
    created_at: link.createdAt,
    expires_at: link.expiresAt,
    opened_at: link.openedAt,
    openings: link.openings,
    last_used_at: link.lastUsedAt,
    revoked_at: link.revokedAt,
    revoked_by: link.revokedBy,
    done: link.done.map(({ at, type, target }) => ({ at, type, target })),
  };
}

export function mayBeInUse({ status }: SetupLink): boolean {
  return status === 'open' || status === 'used';
}
