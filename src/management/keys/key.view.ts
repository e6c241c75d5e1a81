import { type SigningKeyEntity, stateOf } from '../../keys/signing-key.entity.js';
import type { View } from '../kit/view.js';

export function keyView(key: SigningKeyEntity): View {
  return {
    kid: key.kid,
    alg: key.alg,
    state: stateOf(key, new Date()),
    published_at: key.publishedAt,
    signs_from: key.signsFrom,
    signs_until: key.signsUntil,
    published_until: key.publishedUntil,
    public_jwk: key.publicJwk,
  };
}
