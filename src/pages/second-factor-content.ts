import type { FramedPage } from './account-content.js';
import type { FormTarget, TenantPageContext } from './page-parts.js';

/** What the pages of second factors show. */

export type CodeNotice = 'wrong_code' | 'too_many_attempts';

/** The texts of a factor are those of `factors.<name>`. */
export interface NamedFactor {
  readonly factor: string;
  /** What it is called, for a factor that was added from outside and has no such texts. */
  readonly label?: string;
}

/** Asks for a typed code. */
export interface SecondFactorPage extends FormTarget, NamedFactor {
  readonly page: 'second-factor';
  readonly context: TenantPageContext;
  /** Present: the factor is set up with this code. */
  readonly enrolment?: { readonly backHref: string };
  readonly userName: string;
  readonly clientName?: string;
  readonly redirectHost?: string;
  /** For a code that is sent. */
  readonly sending?: {
    readonly form: FormTarget;
    /** The e-mail address that it goes to, masked; absent: it goes elsewhere. */
    readonly address?: string;
    readonly isSent: boolean;
  };
  /** Other ways to prove who one is. */
  readonly others: readonly FactorLink[];
  readonly canRemember: boolean;
  /** "Not you?" */
  readonly switchAccount: FormTarget;
  readonly notice?: CodeNotice;
  readonly retryAfterSeconds?: number;
}

export interface FactorLink extends NamedFactor {
  readonly href: string;
}

/** What can be set up. */
export interface SecondFactorEnrolmentPage {
  readonly page: 'second-factor-enrolment';
  readonly context: TenantPageContext;
  readonly choices: readonly FactorLink[];
  /** Absent where a second factor is required. */
  readonly skip?: FormTarget;
  /** "Not you?" */
  readonly switchAccount: FormTarget;
}

/** An authenticator app is set up. */
export interface TotpEnrolmentPage extends FormTarget {
  readonly page: 'totp-enrolment';
  readonly context: TenantPageContext;
  readonly qrCode: { readonly size: number; readonly path: string };
  /** What the QR code says, as a link for an app on the same device. */
  readonly uri: string;
  readonly secret: string;
  readonly notice?: 'wrong_code';
  readonly backHref: string;
}

/** Shown once. */
export interface RecoveryCodesPage {
  readonly page: 'recovery-codes';
  readonly context: TenantPageContext;
  readonly codes: readonly string[];
  /** They came with a factor that was just set up. */
  readonly isNewFactor: boolean;
  readonly continueHref: string;
}

/** The person's second factors, in their account. */
export interface AccountSecondFactorPage extends FramedPage {
  readonly page: 'account-second-factor';
  readonly factors: readonly (NamedFactor & {
    readonly addedAt?: Date;
    readonly remove?: FormTarget;
    /** It is required, and there is no other. */
    readonly isLast?: boolean;
  })[];
  readonly setUp: readonly FactorLink[];
  readonly recoveryCodes?: { readonly left: number; readonly renew: FormTarget };
  readonly devices?: { readonly count: number; readonly forget: FormTarget };
}

/** A passkey is asked for after the password, or added because a second factor is due. */
export interface PasskeyStepPage extends FormTarget {
  readonly page: 'passkey-step';
  readonly context: TenantPageContext;
  readonly kind: 'challenge' | 'enrolment';
  readonly optionsPath: string;
  readonly scriptPath: string;
  readonly userName: string;
  /** Other ways to prove who one is, or back to what else can be set up. */
  readonly others: readonly FactorLink[];
  readonly backHref?: string;
  readonly canRemember: boolean;
  /** "Not you?" */
  readonly switchAccount?: FormTarget;
  /** The hosts the person's passkeys work at, when none works here. */
  readonly elsewhere?: readonly string[];
  readonly notice?: 'expired' | 'refused' | 'already_added' | 'too_many' | 'off';
}

export type SecondFactorPageView =
  | SecondFactorPage
  | SecondFactorEnrolmentPage
  | TotpEnrolmentPage
  | RecoveryCodesPage
  | AccountSecondFactorPage
  | PasskeyStepPage;
