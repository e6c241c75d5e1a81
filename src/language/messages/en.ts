import { account } from './en/account.js';
import { attributes } from './en/attributes.js';
import { clientMails } from './en/client-mails.js';
import { ownClients } from './en/own-clients.js';
import { clientPage } from './en/client-page.js';
import { clientBelongings } from './en/client-belongings.js';
import { clientFaults } from './en/client-faults.js';
import { consent } from './en/consent.js';
import { factors } from './en/factors.js';
import { brandingPreview } from './en/branding-preview.js';
import { devMail } from './en/dev-mail.js';
import { errors } from './en/errors.js';
import { formPost } from './en/form-post.js';
import { mail } from './en/mail.js';
import { layout } from './en/layout.js';
import { passkeys } from './en/passkeys.js';
import { ownAccount } from './en/own-account.js';
import { password } from './en/password.js';
import { recovery } from './en/recovery.js';
import { securityNotices } from './en/security-notices.js';
import { setupLinks } from './en/setup-links.js';
import { signIn } from './en/sign-in.js';
import { signOut } from './en/sign-out.js';
import { signUp } from './en/sign-up.js';
import { signUpMails } from './en/sign-up-mails.js';
import { welcome } from './en/welcome.js';
import type { Texts } from './texts.js';

/** English. The keys and placeholders here are the measure for every other language. ICU message syntax. */
export const en = {
  ...layout,
  ...signIn,
  ...consent,
  ...signOut,
  ...formPost,
  ...account,
  ...attributes,
  ...passkeys,
  ...ownAccount,
  ...mail,
  ...clientMails,
  ...ownClients,
  ...clientPage,
  ...clientBelongings,
  ...clientFaults,
  ...password,
  ...factors,
  ...recovery,
  ...securityNotices,
  ...devMail,
  ...brandingPreview,
  ...errors,
  ...signUp,
  ...signUpMails,
  ...setupLinks,
  ...welcome,
} as const;

/** The texts of any language: one for each key of `en`. */
export type Messages = Texts<typeof en>;
