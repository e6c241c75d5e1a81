import type { Messages } from './en.js';
import { account } from './de/account.js';
import { consent } from './de/consent.js';
import { errors } from './de/errors.js';
import { formPost } from './de/form-post.js';
import { mail } from './de/mail.js';
import { layout } from './de/layout.js';
import { passkeys } from './de/passkeys.js';
import { ownAccount } from './de/own-account.js';
import { password } from './de/password.js';
import { recovery } from './de/recovery.js';
import { securityNotices } from './de/security-notices.js';
import { signIn } from './de/sign-in.js';
import { signOut } from './de/sign-out.js';
import { welcome } from './de/welcome.js';

export const de: Messages = {
  ...layout,
  ...signIn,
  ...consent,
  ...signOut,
  ...formPost,
  ...account,
  ...passkeys,
  ...ownAccount,
  ...mail,
  ...password,
  ...recovery,
  ...securityNotices,
  ...errors,
  ...welcome,
};
