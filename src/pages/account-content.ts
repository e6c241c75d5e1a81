import type { PersonEventType } from '../account/person-events.js';
import type { ProfileFault } from '../account/profile-input.js';
import type { MessageSet } from '../language/messages.js';
import type { AttributeFieldView } from './attribute-content.js';
import type { AccountNotice } from './account-notices.js';
import type { ConsentScopeGroup, FormTarget, TenantPageContext } from './page-parts.js';

/** What the pages of a person's account show. */

/** A text in the language of the page. */
export type Told = (messages: MessageSet) => string;

/** What stands around every page of the account. */
export interface AccountFrame {
  readonly userName: string;
  /** Of the page that lets choose among the accounts of the browser, where the tenant lets it have several. */
  readonly switchPath?: string;
  readonly signOut: FormTarget;
  /** Of the console, for whoever may do something there. */
  readonly consolePath?: string;
  readonly navigation: readonly NavigationItem[];
  /** What was done on the page before. */
  readonly notice?: AccountNotice;
}

export interface NavigationItem {
  readonly href: string;
  readonly label: Told;
  readonly isCurrent: boolean;
}

/** Of every page of the account. */
export interface FramedPage {
  readonly context: TenantPageContext;
  readonly frame: AccountFrame;
}

/** What a section says of itself on another page, with a link to it. */
export interface SectionRow {
  readonly name: string;
  readonly href: string;
  readonly label: Told;
  readonly status?: Told;
}

/** What the person should see to, and the page where they can. */
export interface AttentionItem {
  readonly href: string;
  readonly text: Told;
}

/** The overview. */
export interface AccountPage extends FramedPage {
  readonly page: 'account';
  readonly attention: readonly AttentionItem[];
  readonly sections: readonly SectionRow[];
}

/** How the person proves who they are. */
export interface AccountSecurityPage extends FramedPage {
  readonly page: 'account-security';
  readonly sections: readonly SectionRow[];
}

export interface AccountApplicationsPage extends FramedPage {
  readonly page: 'account-applications';
  readonly applications: readonly AllowedApplication[];
}

export interface AllowedApplication {
  readonly name: string;
  readonly logoPath?: string;
  readonly allowedAt?: Date;
  /** When it was last given something under what the person allowed. */
  readonly lastUsedAt?: Date;
  readonly scopeGroups: readonly ConsentScopeGroup[];
  readonly withdraw: FormTarget;
}

export interface AccountSessionsPage extends FramedPage {
  readonly page: 'account-sessions';
  /** This browser first. */
  readonly places: readonly SignedInPlace[];
  /** Absent when there is no other session. */
  readonly endOthers?: FormTarget;
}

/** A session of the person. */
export interface SignedInPlace {
  /** As the browser names itself. */
  readonly userAgent?: string;
  /** Network address at the sign-in. */
  readonly address?: string;
  readonly signedInAt: Date;
  readonly lastSeenAt: Date;
  /** Absent for this browser. */
  readonly end?: FormTarget;
}

/** The person's passkeys. */
export interface AccountPasskeysPage extends FramedPage {
  readonly page: 'account-passkeys';
  readonly passkeys: readonly ListedPasskey[];
  /** Absent where none can be added. The script fetches what the browser needs from `optionsPath`. */
  readonly add?: FormTarget & { readonly optionsPath: string };
  /** Why the last one was not added. */
  readonly notice?: PasskeyRefusal;
  /** For the browser, in JSON. */
  readonly signals: readonly object[];
  readonly scriptPath: string;
}

export type PasskeyRefusal = 'expired' | 'refused' | 'already_added' | 'too_many' | 'off' | 'bad_name' | 'last_factor';

export interface ListedPasskey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
  /** It may be on several devices of its owner. */
  readonly isSynced: boolean;
  /** The host it works at, when that is not this one. */
  readonly elsewhere?: string;
  readonly rename: FormTarget;
  readonly remove: FormTarget;
}

/** A member of the profile. */
export interface ProfileFieldView {
  /** A claim, or a part of the address as `address/locality`. */
  readonly name: string;
  readonly value: string;
  readonly isEditable: boolean;
  readonly maxLength: number;
  readonly fault?: ProfileFault;
}

/** What the person tells of themselves. */
export interface AccountProfilePage extends FramedPage, FormTarget {
  readonly page: 'account-profile';
  readonly username: string;
  readonly members: readonly ProfileFieldView[];
  /** What the tenant defined itself. */
  readonly attributes?: readonly AttributeFieldView[];
  /** Absent when the person does not see it. */
  readonly email?: { readonly value: string | undefined; readonly isVerified: boolean; readonly changePath?: string };
  readonly phoneIsVerified: boolean;
  /** Languages of the pages, by tag. */
  readonly languages: readonly { readonly tag: string; readonly name: string }[];
}

export type EmailNotice = 'not_an_email_address' | 'too_long' | 'same' | 'wrong' | 'spent' | 'taken';

/** Another e-mail address: first it is entered, then it is proven. */
export interface AccountEmailPage extends FramedPage, FormTarget {
  readonly page: 'account-email';
  readonly current: string | undefined;
  /** What was entered before and refused. */
  readonly entered?: string;
  readonly notice?: EmailNotice;
  /** The new address, once mail was sent to it, and the form for the code. */
  readonly sent?: FormTarget & { readonly address: string };
}

/** The link of the mail was opened, on whatever device. Nobody needs to be signed in. */
export interface ConfirmEmailPage {
  readonly page: 'confirm-email';
  readonly context: TenantPageContext;
  /** The address and the form that confirms it; absent when the link does not work. */
  readonly confirm?: FormTarget & { readonly address: string };
  readonly outcome?: 'changed' | 'spent' | 'taken';
  readonly accountPath: string;
}

export interface ActivityEntry {
  readonly type: PersonEventType;
  readonly occurredAt: Date;
  readonly clientName?: string;
  readonly address?: string;
  readonly isByOthers: boolean;
}

/** What happened, newest first. */
export interface AccountActivityPage extends FramedPage {
  readonly page: 'account-activity';
  readonly entries: readonly ActivityEntry[];
  readonly olderPath?: string;
  /** Back to the beginning, on further pages. */
  readonly newestPath?: string;
}

/** Taking one's data along, and leaving. */
export interface AccountDataPage extends FramedPage {
  readonly page: 'account-data';
  readonly download: FormTarget;
  readonly deletion:
    | { readonly kind: 'refused'; readonly reason: 'off' | 'administrator' }
    | { readonly kind: 'offered'; readonly path: string; readonly graceDays: number }
    | { readonly kind: 'scheduled'; readonly date: Date; readonly keep: FormTarget };
}

/** The last question before an account is deleted. */
export interface AccountDeletePage extends FramedPage, FormTarget {
  readonly page: 'account-delete';
  readonly graceDays: number;
  readonly backPath: string;
}

/**
 * The person asked for the deletion of the account, and wants to use an application. The buttons are named `decision`,
 * with the value `keep` or `leave`.
 */
export interface KeepAccountPage extends FormTarget {
  readonly page: 'keep-account';
  readonly context: TenantPageContext;
  readonly date: Date;
  readonly username: string;
}

export type AccountPageView =
  | AccountPage
  | AccountSecurityPage
  | AccountApplicationsPage
  | AccountSessionsPage
  | AccountProfilePage
  | AccountEmailPage
  | ConfirmEmailPage
  | AccountActivityPage
  | AccountDataPage
  | AccountDeletePage
  | KeepAccountPage
  | AccountPasskeysPage;
