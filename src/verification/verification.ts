/** What is done once the address is proven. A link or code for one purpose serves no other. */
export type Purpose =
  'sign_up' | 'verify_email' | 'invitation' | 'set_password' | 'reset_password' | 'change_email' | 'email_code';

/** `live`: may be redeemed. The others are kept for a day, so that an old link can say what became of it. */
export type VerificationState = 'live' | 'redeemed' | 'expired';

/** A proof of address that was asked for. */
export interface Verification {
  readonly id: string;
  readonly purpose: Purpose;
  readonly address: string;
  readonly userId: string | undefined;
  /** Id of the authorization request that goes on afterwards, in the browser that sent it. */
  readonly requestId: string | undefined;
  /** What the caller of `begin` gave. It was sealed with the tenant's data key. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
  readonly state: VerificationState;
}

export interface NewVerification {
  readonly purpose: Purpose;
  readonly address: string;
  readonly userId?: string | undefined;
  readonly requestId?: string | undefined;
  /** The browser that asked; a code can be typed in this browser only. */
  readonly browser?: AskingBrowser | undefined;
  /** JSON. Secrets are allowed. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly lifetimeSeconds: number;
}

/** What the browser that asked is told, once, after the verification was redeemed. */
export interface Turn {
  readonly userId: string | undefined;
  readonly requestId: string | undefined;
  /** Unix time in seconds, with fractions. */
  readonly redeemedAt: number;
}

/** What the person is sent. Nothing of it is stored in clear. */
export interface Challenge {
  readonly id: string;
  /** A token of 256 bits for a link. */
  readonly link: string;
  /** Eight digits. */
  readonly code: string;
}

/** A `VisitingBrowser` is one. */
export interface AskingBrowser {
  readonly secret: string;
  readonly otherSecrets?: readonly string[];
}
