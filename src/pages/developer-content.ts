import type { MetadataFault } from '../clients/metadata-faults.js';
import type { ConflictReason, RegistrationState } from '../developers/client-registration.js';
import type { ClientKind } from '../developers/snippets/snippet.js';
import type { WrittenSnippet } from '../developers/snippets/snippets.js';
import type { UriDifferenceReason } from '../oauth/redirect-uri-difference-texts.js';
import type { FramedPage } from './account-content.js';
import type { FormTarget } from './page-parts.js';

/** What the pages show on which people register the clients of their own applications. */

/** Why something was not done. */
export type ClientRefusal = ConflictReason | 'stale' | 'too_many_secrets' | 'last_secret' | 'name';

/** Of every page about clients: what was asked for is not possible, and nothing has changed. */
interface Refusable extends FramedPage {
  readonly refusal?: ClientRefusal;
}

/** Of every page about one client. */
interface ClientPage extends Refusable {
  readonly name: string;
  /** The page of the client. */
  readonly backPath: string;
}

/** The clients of a person, and those that others ask them to own. */
export interface AccountClientsPage extends Refusable {
  readonly page: 'account-clients';
  readonly clients: readonly ListedClient[];
  readonly morePath?: string;
  /** Absent when the person owns as many as they can. */
  readonly newPath?: string;
  readonly mostClients: number;
  readonly needsApproval: boolean;
  readonly asked: readonly AskedOwnership[];
}

export interface ListedClient {
  readonly href: string;
  readonly name: string;
  readonly clientId: string;
  readonly standing: RegistrationState;
}

export interface AskedOwnership {
  readonly name: string;
  readonly askedBy: string;
  readonly isTransfer: boolean;
  readonly expiresAt: Date;
  readonly accept: FormTarget;
  readonly decline: FormTarget;
}

/** A member of the client metadata with its values, each a line. */
export interface MemberValues {
  readonly member: string;
  readonly values: readonly string[];
}

/** What approving changes of one member. */
export interface MemberChange {
  readonly member: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** One client: how it stands, and the ways on. */
export interface AccountClientPage extends ClientPage {
  readonly page: 'account-client';
  readonly standing: RegistrationState;
  readonly isLive: boolean;
  readonly needsApproval: boolean;
  readonly clientId: string;
  readonly issuer: string;
  /** What whoever decided said. */
  readonly said?: string;
  /** What the client has, or what is proposed of one that does not exist yet. */
  readonly members: readonly MemberValues[];
  /** Of a client that exists: what is proposed. */
  readonly changes: readonly MemberChange[];
  readonly owners: readonly string[];
  readonly submit?: FormTarget;
  readonly withdraw?: FormTarget;
  readonly allPath: string;
  readonly editPath: string;
  readonly secretsPath?: string;
  readonly redirectsPath?: string;
  readonly snippetsPath: string;
  readonly ownersPath: string;
  readonly deletePath: string;
}

/** The members that the form has as text, one value or one a line. */
export const TEXT_FIELDS = [
  'client_name',
  'redirect_uris',
  'post_logout_redirect_uris',
  'client_uri',
  'policy_uri',
  'tos_uri',
  'contacts',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export type ClientFieldFault = 'missing' | 'not_text' | 'too_many' | 'not_a_web_address' | 'not_an_email_address';

/** A client is drafted or changed. */
export interface AccountClientFormPage extends FramedPage, FormTarget {
  readonly page: 'account-client-form';
  /** Absent for a new one. */
  readonly name?: string;
  readonly isLive: boolean;
  readonly needsApproval: boolean;
  readonly backPath: string;
  /** Of a new client: the kinds that there are to choose from. */
  readonly types: readonly { readonly type: ClientKind; readonly isChosen: boolean }[];
  readonly fields: readonly {
    readonly name: TextField;
    readonly value: string;
    readonly fault?: ClientFieldFault;
  }[];
  /** Of the tenant: where redirect URIs may lead. */
  readonly hosts: readonly string[];
  readonly scopes: readonly { readonly field: string; readonly text: string; readonly isTicked: boolean }[];
  /** Whether it gets refresh tokens; absent where it cannot choose. */
  readonly refreshTokens?: boolean;
  readonly refusal?: ClientRefusal;
  /** A rule that was broken: which member, and how. */
  readonly broken?: { readonly member: string; readonly fault: MetadataFault | undefined };
}

export interface AccountClientSecretsPage extends ClientPage {
  readonly page: 'account-client-secrets';
  readonly secrets: readonly { readonly createdAt: Date; readonly isNew: boolean; readonly end: FormTarget }[];
  /** Absent when there are as many as there can be. */
  readonly add?: FormTarget;
  /** The one that was made now. It is on this page and on no other. */
  readonly made?: string;
}

export interface AccountClientOwnersPage extends ClientPage {
  readonly page: 'account-client-owners';
  readonly owners: readonly {
    readonly username: string;
    readonly since: Date;
    readonly isReader: boolean;
    readonly isEnabled: boolean;
    /** Absent for the only one. */
    readonly remove?: FormTarget;
  }[];
  readonly asked: readonly {
    readonly invited: string;
    readonly isTransfer: boolean;
    readonly expiresAt: Date;
    readonly withdraw: FormTarget;
  }[];
  readonly ask: FormTarget;
  /** What was entered and refused. */
  readonly entered?: string;
}

/** A text around the character that differs. */
export interface MarkedText {
  readonly before: string;
  /** Empty: the text ends there. */
  readonly mark: string;
  readonly after: string;
}

export interface AccountClientRedirectsPage extends ClientPage {
  readonly page: 'account-client-redirects';
  readonly action: string;
  readonly entered: string;
  /** Absent before anything was entered. */
  readonly matches?: boolean;
  readonly comparisons: readonly {
    readonly registered: MarkedText;
    readonly given: MarkedText;
    readonly part: string;
    readonly position: number;
    readonly registeredCharacter?: string;
    readonly givenCharacter?: string;
    readonly reason: UriDifferenceReason;
  }[];
}

export interface AccountClientSnippetsPage extends ClientPage {
  readonly page: 'account-client-snippets';
  readonly libraries: readonly {
    readonly title: string;
    readonly language: string;
    readonly href: string;
    readonly isShown: boolean;
  }[];
  readonly snippet?: Pick<WrittenSnippet, 'install' | 'file' | 'title'> & { readonly secretVariable?: string };
}

/** The last question before a client is deleted. */
export interface AccountClientDeletePage extends ClientPage, FormTarget {
  readonly page: 'account-client-delete';
  readonly isLive: boolean;
}

export type DeveloperPageView =
  | AccountClientsPage
  | AccountClientPage
  | AccountClientFormPage
  | AccountClientSecretsPage
  | AccountClientOwnersPage
  | AccountClientRedirectsPage
  | AccountClientSnippetsPage
  | AccountClientDeletePage;
