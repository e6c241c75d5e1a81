import type { FieldFaults } from './sign-up-form.js';

/** The form is filled in wrongly. It says nothing about any account. */
export class FormRefusedError extends Error {
  constructor(readonly faults: FieldFaults) {
    super(`The form has faults in ${Object.keys(faults).join(', ')}.`);
  }
}

/** The tenant's policy does not let this person sign up, or not any more. */
export class SignUpClosedError extends Error {}

/** The link or code was used, has expired, or was withdrawn. Whoever is told has proven nothing. */
export class VerificationSpentError extends Error {}

/** The typed code is not the one that was sent. */
export class WrongCodeError extends Error {}

/** There is an account with this address by now. Only whoever proved the address is told. */
export class AddressTakenError extends Error {}

/** Somebody else has the user name. Only whoever proved their address is told. */
export class UsernameTakenError extends Error {}
