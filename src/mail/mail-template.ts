import type { MessageKey, MessageValueName } from '../language/messages.js';

/** One kind of mail: which texts of the catalogue it is made of. */
export interface MailTemplate {
  readonly subject: MessageKey;
  /** In their order, before the code and the button. */
  readonly paragraphs: readonly MessageKey[];
  /** What the button to the mail's link says. A template with a button needs a link. */
  readonly button?: MessageKey;
  /** After the code and the button: how long they hold, what to do if it was not you. */
  readonly closing?: readonly MessageKey[];
  /** Tells of a change that somebody made to the account. Strangers cannot suppress it by using up the limits. */
  readonly isNotice: boolean;
  /** A notice of what somebody else did with every right: it does not ask whether it was the reader. */
  readonly isOfOthers?: true;
}

/** Every mail is given these by the mailer. */
export interface CommonValues {
  /** Name of the tenant. */
  readonly tenant: string;
}

export type MailValue = string | number | Date;

type KeysOf<T extends MailTemplate> =
  | T['subject']
  | T['paragraphs'][number]
  | (T extends { readonly closing: readonly (infer K extends MessageKey)[] } ? K : never)
  | (T extends { readonly button: infer K extends MessageKey } ? K : never);

/** What the texts of a template have to be given. */
export type ValuesOf<T extends MailTemplate> = Readonly<
  Record<Exclude<MessageValueName<KeysOf<T>>, keyof CommonValues>, MailValue>
>;
