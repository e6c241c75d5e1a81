import type { Messages } from './en.js';
import { account } from './de/account.js';
import { attributes } from './de/attributes.js';
import { clientMails } from './de/client-mails.js';
import { ownClients } from './de/own-clients.js';
import { clientPage } from './de/client-page.js';
import { clientBelongings } from './de/client-belongings.js';
import { clientFaults } from './de/client-faults.js';
import { consent } from './de/consent.js';
import { factors } from './de/factors.js';
import { brandingPreview } from './de/branding-preview.js';
import { devMail } from './de/dev-mail.js';
import { errors } from './de/errors.js';
import { formPost } from './de/form-post.js';
import { mail } from './de/mail.js';
import { layout } from './de/layout.js';
import { passkeys } from './de/passkeys.js';
import { ownAccount } from './de/own-account.js';
import { password } from './de/password.js';
import { recovery } from './de/recovery.js';
import { securityNotices } from './de/security-notices.js';
import { setupLinks } from './de/setup-links.js';
import { signIn } from './de/sign-in.js';
import { signOut } from './de/sign-out.js';
import { signUp } from './de/sign-up.js';
import { signUpMails } from './de/sign-up-mails.js';
import { welcome } from './de/welcome.js';

export const de: Messages = {
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
};
