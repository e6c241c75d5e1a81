/** The `typ` of a checkpoint. It has neither issuer nor audience, so nobody takes it for a token. */
export const CHECKPOINT_TYPE = 'audit-checkpoint+jws';

/** What a checkpoint says: at this moment the chain of this tenant ended so. */
export interface CheckpointClaims {
  readonly tenant_id: string;
  readonly seq: number;
  /** base64url */
  readonly hash: string;
  /** Unix time in seconds. */
  readonly iat: number;
}
