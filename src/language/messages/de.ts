import type { Messages } from './en.js';
import { account } from './de/account.js';
import { consent } from './de/consent.js';
import { devMail } from './de/dev-mail.js';
import { errors } from './de/errors.js';
import { formPost } from './de/form-post.js';
import { mail } from './de/mail.js';
import { layout } from './de/layout.js';
import { ownAccount } from './de/own-account.js';
import { password } from './de/password.js';
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
  ...ownAccount,
  ...mail,
  ...password,
  ...devMail,
  ...errors,
  ...welcome,
};
