import type { Schema } from '../../api/operation.js';
import { UserFactors } from './user-factors.js';
import { UserPasskeys } from './user-passkeys.js';
import { UserPassword } from './user-password.js';

/** How the person signs in, and what helps one who cannot. */
export function UserSignIn({ user }: { readonly user: Schema<'User'> }) {
  return (
    <>
      <UserPassword user={user} />
      <UserFactors user={user} />
      <UserPasskeys user={user} />
    </>
  );
}
