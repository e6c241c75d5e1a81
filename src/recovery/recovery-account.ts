import { createHash } from 'node:crypto';
import type { User } from '../users/user.js';
import type { UserWithPassword } from '../users/users.repository.js';

/** An account whose password can be reset by mail. */
export interface RecoverableAccount {
  readonly user: User & { readonly email: string };
  readonly passwordHash: string;
}

/**
 * Mail about an account goes to its verified address only: another may be a stranger's. Who has no password, has no
 * forgotten one.
 */
export function recoverable(account: UserWithPassword | undefined): RecoverableAccount | undefined {
  if (!account?.user.enabled || !account.user.emailVerified) return undefined;
  const { user, passwordHash } = account;
  const { email } = user;
  return email === undefined || passwordHash === undefined ? undefined : { user: { ...user, email }, passwordHash };
}

/** Why an account cannot be recovered, for the audit log. */
export function causeOf(account: UserWithPassword | undefined): string {
  if (!account) return 'unknown_user';
  if (!account.user.enabled) return 'disabled';
  if (account.user.email === undefined) return 'no_email';
  return account.user.emailVerified ? 'no_password' : 'email_not_verified';
}

/** Tells two password hashes apart without being one. */
export function fingerprint(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url');
}
