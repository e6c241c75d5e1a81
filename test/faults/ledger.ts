/** One redeemed code: its refresh token, and whether the load used the code again, which ends the grant. */
export interface Redemption {
  readonly refreshToken: string;
  readonly replayed: boolean;
}

/** One management write under its Idempotency-Key; with an id once it was answered as done. */
export interface Write {
  readonly name: string;
  id?: string;
}

/** A family of rotated refresh tokens. `isSure`: the last use of it was answered. */
export interface Chain {
  token: string;
  isSure: boolean;
}

/** One issued token: when it was answered, and what was asked for. */
export interface Issued {
  readonly at: number;
  readonly grant: string;
}

/** Everything that was answered as done, to be looked for afterwards. */
export class Ledger {
  /** By the client address of the request. */
  readonly issued = new Map<string, Issued>();
  readonly opaqueTokens: string[] = [];
  readonly redemptions: Redemption[] = [];
  readonly writes: Write[] = [];
  readonly chains = new Set<Chain>();
  /** What was seen to happen twice. */
  readonly duplicates: string[] = [];
  /** What was answered as done and is gone. */
  readonly missing: string[] = [];
}
