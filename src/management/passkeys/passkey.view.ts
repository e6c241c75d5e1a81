import { authenticatorName } from '../../passkeys/authenticator-names.js';
import type { Passkey } from '../../passkeys/passkey.js';
import type { View } from '../kit/view.js';

export function passkeyView(passkey: Passkey): View {
  return {
    id: passkey.id,
    user_id: passkey.userId,
    name: passkey.name,
    rp_id: passkey.rpId,
    aaguid: passkey.aaguid,
    authenticator: authenticatorName(passkey.aaguid) ?? null,
    backup_eligible: passkey.backupEligible,
    backed_up: passkey.backedUp,
    created_at: passkey.createdAt,
    last_used_at: passkey.lastUsedAt ?? null,
  };
}
