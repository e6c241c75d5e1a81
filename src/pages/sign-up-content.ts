import type { FieldFault, SignUpField } from '../registration/sign-up-form.js';
import type { AttributeFieldView } from './attribute-content.js';
import type { FormTarget, TenantPageContext } from './page-parts.js';

/** One field of a form about an account. */
export interface AccountField {
  readonly kind: Exclude<SignUpField, 'terms'>;
  readonly isRequired: boolean;
  /** What was typed before; never a password. */
  readonly value?: string | undefined;
  readonly fault?: FieldFault | undefined;
}

/** The terms that are accepted with a form. */
export interface TermsQuestion {
  readonly version: string;
  readonly uri?: string | undefined;
  readonly isAccepted: boolean;
  readonly fault?: FieldFault | undefined;
}

/** Makes an account, or sets its password. */
export interface AccountFormPage extends FormTarget {
  readonly page: 'account-form';
  readonly context: TenantPageContext;
  readonly kind: 'sign-up' | 'invitation' | 'set-password';
  /** Whose account it is: the address of an invitation, the user name of an account. */
  readonly owner?: string | undefined;
  readonly inputs: readonly AccountField[];
  /** What the tenant defined itself and requires. */
  readonly attributes?: readonly AttributeFieldView[];
  readonly terms?: TermsQuestion | undefined;
  /** Characters that a password has at least. */
  readonly minLength: number;
  readonly isBusy?: boolean;
  /** Where those go who have an account already. */
  readonly signInPath?: string | undefined;
}

export type MailCodeNotice = 'wrong' | 'resent' | 'notYet' | 'usernameTaken';

/** A mail was sent. Its code is typed here. */
export interface MailCodePage extends FormTarget {
  readonly page: 'mail-code';
  readonly context: TenantPageContext;
  readonly address: string;
  readonly notice?: MailCodeNotice | undefined;
  /** The code was right, and the user name is taken. */
  readonly username?: AccountField | undefined;
  readonly resend: FormTarget;
  /** For those who opened the link elsewhere. */
  readonly opened: FormTarget;
  /** Where another address can be named. */
  readonly againPath?: string | undefined;
  /** "Not you?", for somebody who is signed in. */
  readonly switchAccount?: FormTarget;
}

/** The link of a mail was opened. It says what will happen, and the button does it. */
export interface ConfirmAddressPage extends FormTarget {
  readonly page: 'confirm-address';
  readonly context: TenantPageContext;
  readonly kind: 'signUp' | 'verify';
  readonly address: string;
  /** It was asked for in this browser. */
  readonly isOwn: boolean;
  /** The user name is taken. */
  readonly username?: AccountField | undefined;
}

/** A person who is signed in has to prove their address, or to name one first. */
export interface ProveAddressPage extends FormTarget {
  readonly page: 'prove-address';
  readonly context: TenantPageContext;
  readonly address?: string | undefined;
  readonly field?: AccountField | undefined;
  /** "Not you?" */
  readonly switchAccount: FormTarget;
}

/** The buttons are named `decision`, with the value `accept` or `decline`. */
export interface AcceptTermsPage extends FormTarget {
  readonly page: 'accept-terms';
  readonly context: TenantPageContext;
  readonly version: string;
  readonly uri?: string | undefined;
}

export type MessageName =
  | 'signUpClosed'
  | 'byInvitation'
  | 'accountsFull'
  | 'spentSignUp'
  | 'spentInvitation'
  | 'spentPassword'
  | 'spentVerify'
  | 'addressTaken'
  | 'addressInUse'
  | 'accountReady'
  | 'doneElsewhere'
  | 'verifiedElsewhere'
  | 'passwordSet'
  | 'termsDeclined';

export type MessageAction = 'signIn' | 'beginAgain' | 'goOn';

/** Says what became of something, and leads on. */
export interface MessagePage {
  readonly page: 'message';
  readonly context: TenantPageContext;
  readonly reason: MessageName;
  /** What the person wanted did not happen. */
  readonly isRefusal: boolean;
  /** A button that is a form comes first. */
  readonly form?: FormTarget | undefined;
  readonly actions: readonly { readonly kind: MessageAction; readonly href: string }[];
}

export type SignUpView =
  AccountFormPage | MailCodePage | ConfirmAddressPage | ProveAddressPage | AcceptTermsPage | MessagePage;
