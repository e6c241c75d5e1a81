import type { MessageSet } from '../language/messages.js';
import type { AccountNotice } from './account-notices.js';
import type { ConsentScopeGroup, FormTarget, TenantPageContext } from './page-parts.js';

/** What the pages of a person's account show. */

/** A text in the language of the page. */
export type Told = (messages: MessageSet) => string;

/** What stands around every page of the account. */
export interface AccountFrame {
  readonly userName: string;
  readonly signOut: FormTarget;
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

export type PasskeyRefusal = 'expired' | 'refused' | 'already_added' | 'too_many' | 'off' | 'bad_name';

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

export type AccountPageView =
  AccountPage | AccountSecurityPage | AccountApplicationsPage | AccountSessionsPage | AccountPasskeysPage;
