import type { Messages } from './en.js';
import { account } from './fr/account.js';
import { attributes } from './fr/attributes.js';
import { clientMails } from './fr/client-mails.js';
import { ownClients } from './fr/own-clients.js';
import { clientPage } from './fr/client-page.js';
import { clientBelongings } from './fr/client-belongings.js';
import { clientFaults } from './fr/client-faults.js';
import { consent } from './fr/consent.js';
import { brandingPreview } from './fr/branding-preview.js';
import { devMail } from './fr/dev-mail.js';
import { errors } from './fr/errors.js';
import { factors } from './fr/factors.js';
import { formPost } from './fr/form-post.js';
import { layout } from './fr/layout.js';
import { passkeys } from './fr/passkeys.js';
import { ownAccount } from './fr/own-account.js';
import { password } from './fr/password.js';
import { recovery } from './fr/recovery.js';
import { securityNotices } from './fr/security-notices.js';
import { setupLinks } from './fr/setup-links.js';
import { signIn } from './fr/sign-in.js';
import { signOut } from './fr/sign-out.js';
import { signUp } from './fr/sign-up.js';
import { signUpMails } from './fr/sign-up-mails.js';
import { welcome } from './fr/welcome.js';
import { mail } from './fr/mail.js';

export const fr: Partial<Messages> = {
  ...layout,
  ...signIn,
  ...consent,
  ...signOut,
  ...formPost,
  ...account,
  ...attributes,
  ...passkeys,
  ...ownAccount,
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
  ...mail,
  ...clientMails,
  ...ownClients,
  ...clientPage,
  ...clientBelongings,
  ...clientFaults,
};
