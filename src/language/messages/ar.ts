import type { Messages } from './en.js';
import { account } from './ar/account.js';
import { attributes } from './ar/attributes.js';
import { clientMails } from './ar/client-mails.js';
import { ownClients } from './ar/own-clients.js';
import { clientPage } from './ar/client-page.js';
import { clientBelongings } from './ar/client-belongings.js';
import { clientFaults } from './ar/client-faults.js';
import { consent } from './ar/consent.js';
import { brandingPreview } from './ar/branding-preview.js';
import { devMail } from './ar/dev-mail.js';
import { errors } from './ar/errors.js';
import { factors } from './ar/factors.js';
import { formPost } from './ar/form-post.js';
import { layout } from './ar/layout.js';
import { passkeys } from './ar/passkeys.js';
import { ownAccount } from './ar/own-account.js';
import { password } from './ar/password.js';
import { recovery } from './ar/recovery.js';
import { securityNotices } from './ar/security-notices.js';
import { setupLinks } from './ar/setup-links.js';
import { signIn } from './ar/sign-in.js';
import { signOut } from './ar/sign-out.js';
import { signUp } from './ar/sign-up.js';
import { signUpMails } from './ar/sign-up-mails.js';
import { welcome } from './ar/welcome.js';
import { mail } from './ar/mail.js';

export const ar: Partial<Messages> = {
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
