/** A public key credential of a user (WebAuthn Level 3 §4), at one address of the tenant. */
export interface Passkey {
  readonly id: string;
  readonly userId: string;
  /** The domain it is bound to: it works at no other. */
  readonly rpId: string;
  /** In base64url, as scripts have it. */
  readonly credentialId: string;
  /** COSE_Key. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Signatures that the authenticator counted; 0 when it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** It may be copied to other devices of its owner; that never changes. */
  readonly backupEligible: boolean;
  /** It has been copied. */
  readonly backedUp: boolean;
  /** The model of the authenticator, by its own account; all zeros when it does not say. */
  readonly aaguid: string;
  /** Chosen by the user. */
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
}

/** What sessions and `users.second_factors` call it. */
export const PASSKEY = 'passkey';

/** What a passkey is used for. An answer for one counts for no other. */
export type CeremonyPurpose = 'register' | 'sign_in' | 'second_factor';

/** Where and for what a ceremony is held. */
export interface Ceremony {
  readonly purpose: CeremonyPurpose;
  /** The secrets of the browser; the first one is its own. */
  readonly browser: { readonly secret: string; readonly otherSecrets: readonly string[] };
  /** What else it is bound to: the pending request, the user, the session. */
  readonly subject: string;
}
