import type { UserEntity } from './user.entity.js';
import { type UserInput, UserInputError } from './user-input.js';

export type Contacts = Pick<UserEntity, 'email' | 'emailVerified' | 'phoneNumber' | 'phoneNumberVerified'>;

export const NO_CONTACTS: Contacts = {
  email: null,
  emailVerified: false,
  phoneNumber: null,
  phoneNumberVerified: false,
};

/**
 * What is verified after this input. OpenID Connect Core §5.1: `email_verified` says that somebody made sure "that this
 * e-mail address was controlled by the End-User". That says nothing about another address. So a changed address is not
 * verified, unless the same input says that it is.
 * @throws UserInputError when something is said to be verified that is not there
 */
export function verifiedContacts(
  known: Contacts,
  input: UserInput,
): Pick<Contacts, 'emailVerified' | 'phoneNumberVerified'> {
  return {
    emailVerified: isVerified('email', known.email, {
      now: input.email,
      before: known.emailVerified,
      said: input.emailVerified,
    }),
    phoneNumberVerified: isVerified('phone_number', known.phoneNumber, {
      now: input.phoneNumber,
      before: known.phoneNumberVerified,
      said: input.phoneNumberVerified,
    }),
  };
}

function isVerified(
  member: string,
  known: string | null,
  input: { readonly now: string | null | undefined; readonly before: boolean; readonly said: boolean | undefined },
): boolean {
  const value = input.now === undefined ? known : input.now;
  if (value === null) {
    if (input.said === true) throw new UserInputError(`${member}_verified`, `cannot be true without ${member}`);
    return false;
  }
  return input.said ?? (input.before && known !== null && isSame(known, value));
}

/** Addresses that differ in case only are one address here, as they are when somebody signs in. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
