import type { Messages } from './en.js';
import { account } from './es/account.js';
import { attributes } from './es/attributes.js';
import { clientMails } from './es/client-mails.js';
import { ownClients } from './es/own-clients.js';
import { clientPage } from './es/client-page.js';
import { clientBelongings } from './es/client-belongings.js';
import { clientFaults } from './es/client-faults.js';
import { consent } from './es/consent.js';
import { brandingPreview } from './es/branding-preview.js';
import { devMail } from './es/dev-mail.js';
import { errors } from './es/errors.js';
import { factors } from './es/factors.js';
import { formPost } from './es/form-post.js';
import { layout } from './es/layout.js';
import { passkeys } from './es/passkeys.js';
import { ownAccount } from './es/own-account.js';
import { password } from './es/password.js';
import { recovery } from './es/recovery.js';
import { securityNotices } from './es/security-notices.js';
import { setupLinks } from './es/setup-links.js';
import { signIn } from './es/sign-in.js';
import { signOut } from './es/sign-out.js';
import { signUp } from './es/sign-up.js';
import { signUpMails } from './es/sign-up-mails.js';
import { welcome } from './es/welcome.js';
import { mail } from './es/mail.js';

export const es: Partial<Messages> = {
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
