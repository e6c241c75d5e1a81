import type { PasswordFault } from '../users/password-rules.js';
import type { FormTarget, TenantPageContext } from './page-parts.js';

/** Pages for people who forgot something. */
interface RecoveryPage {
  readonly context: TenantPageContext;
  readonly signInPath: string;
}

export type AskNotice = 'identifier_required' | 'too_many_requests';

/** Who are you? The password is forgotten. */
export interface ForgottenPasswordPage extends FormTarget, RecoveryPage {
  readonly page: 'forgotten-password';
  readonly usernamePath: string;
  readonly identifier?: string;
  readonly notice?: AskNotice;
  readonly retryAfterSeconds?: number;
}

/** Says the same whether or not a mail was sent. */
export interface ResetSentPage extends FormTarget, RecoveryPage {
  readonly page: 'reset-sent';
  readonly minutes: number;
  readonly againPath: string;
  readonly notice?: 'wrong_code' | 'spent_code';
}

export type NewPasswordNotice = PasswordFault | 'unchanged' | 'fields_required' | 'not_repeated' | 'busy';

/** A new password in place of a forgotten one. */
export interface NewPasswordPage extends FormTarget, RecoveryPage {
  readonly page: 'new-password';
  readonly username: string;
  /** Characters that a new password has at least. */
  readonly minLength: number;
  readonly endsSessions: boolean;
  readonly notice?: NewPasswordNotice;
}

/** The user name is forgotten. */
export interface ForgottenUsernamePage extends FormTarget, RecoveryPage {
  readonly page: 'forgotten-username';
  readonly email?: string;
  readonly notice?: AskNotice;
  readonly retryAfterSeconds?: number;
}

/** Says the same whether or not a mail was sent. */
export interface UsernameSentPage extends RecoveryPage {
  readonly page: 'username-sent';
}

/** `gone`: the link does not work any more. `off`: passwords are not reset here. */
export interface NoResetPage extends RecoveryPage {
  readonly page: 'no-reset';
  readonly reason: 'gone' | 'off';
  /** Where another mail is asked for. */
  readonly againPath?: string;
}

export type RecoveryPageView =
  ForgottenPasswordPage | ResetSentPage | NewPasswordPage | ForgottenUsernamePage | UsernameSentPage | NoResetPage;
