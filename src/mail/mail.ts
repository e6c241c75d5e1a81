import type { RequestOrigin } from '../audit/request-origin.js';
import type { Locale } from '../language/messages.js';
import type { MailTemplateName, MailValues, mailTemplates } from './mail-templates.js';

interface MailHead {
  /** Address of the recipient. */
  readonly to: string;
  /** Whose mail it is: it is erased with this user. */
  readonly userId?: string | undefined;
  readonly locale: Locale;
  /** A code to be typed. */
  readonly code?: string | undefined;
  /** Which request caused the mail, for the limit of its network. */
  readonly origin?: RequestOrigin | undefined;
  /** After so many seconds the mail is not delivered any more, because what it carries has expired. */
  readonly usefulForSeconds?: number | undefined;
  /**
   * What happens when a limit is reached or the address cannot be used: an error, or nothing that the caller notices,
   * where an answer must not tell. Default: `throw`.
   */
  readonly whenRefused?: 'throw' | 'drop' | undefined;
}

type WithButton = { readonly button: string };

/** Path below the tenant's issuer, with its query: `/sign-up/confirm?token=...`. */
type LinkOf<Name extends MailTemplateName> = (typeof mailTemplates)[Name] extends WithButton
  ? { readonly link: string }
  : { readonly link?: undefined };

export type MailOf<Name extends MailTemplateName> = MailHead &
  LinkOf<Name> & { readonly template: Name; readonly values: MailValues<Name> };

/** A mail as its cause describes it. The template says which values it needs, and whether a link. */
export type Mail = { readonly [Name in MailTemplateName]: MailOf<Name> }[MailTemplateName];
