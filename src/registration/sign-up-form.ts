import { isInDomain, readEmailAddress } from '../oauth/email-address.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { isVisibleLine } from '../oauth/visible-text.js';
import { parseMailAddress } from '../mail/mail-address.js';
import { SIGN_UP_ATTRIBUTES, type SignUpAttribute } from '../tenants/sign-up-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import type { TenantPolicy } from '../tenants/tenant-policy.js';
import type { AttributeValues, UserAttributes } from '../tenants/user-attributes.js';
import { readAttributeFields } from '../users/attribute-form.js';
import {
  type AttributeFault,
  AttributeInputError,
  changeAttributes,
  missingAttributes,
} from '../users/attribute-values.js';
import { findUsernameFault } from '../users/identifier.js';
import type { ProfileClaims } from '../users/user.js';
import type { PasswordFault } from '../users/password-rules.js';
import { UserInputError } from '../users/user-input.js';

/** A field of the form, by its name there. */
export type SignUpField = 'email' | SignUpAttribute | 'new_password' | 'new_password_again' | 'terms';

/** What can be wrong with a field. What is wrong with a password is said by the rules of passwords. */
export const FORM_FAULTS = [
  'missing',
  'not_an_address',
  'domain_not_allowed',
  'not_usable',
  'looks_like_address',
  'not_a_number',
  'taken',
  'not_repeated',
  'not_accepted',
  'too_long',
] as const;

export type FormFault = (typeof FORM_FAULTS)[number];
export type FieldFault = FormFault | PasswordFault;

export type FieldFaults = Readonly<Partial<Record<SignUpField, FieldFault>>> & {
  /** By the names of attributes that the tenant defined. */
  readonly attributes?: Readonly<Record<string, AttributeFault>>;
};

/** What a person proposes for their account, but for the password. */
export interface ProposedAccount {
  readonly email: string;
  /** Undefined: the address is the user name. */
  readonly username?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly claims: ProfileClaims;
  /** Absent in what an older version kept. */
  readonly attributes?: AttributeValues | undefined;
  readonly acceptedTerms?: string | undefined;
}

export interface ReadForm {
  readonly account: ProposedAccount;
  readonly password: string;
  readonly faults: FieldFaults;
}

/** What is known before the form is read. */
export interface FormTerms {
  readonly policy: TenantPolicy;
  /** What the tenant defined itself. */
  readonly userAttributes: UserAttributes;
  /** The address of an invitation: proven, and not asked for. */
  readonly email?: string | undefined;
  /** Whether only domains of the policy may sign up. */
  readonly restrictsDomains: boolean;
}

const MAX_LENGTH: Readonly<Record<SignUpAttribute, number>> = {
  username: 128,
  name: 200,
  given_name: 100,
  family_name: 100,
  phone_number: 30,
};
const E164 = /^\+[1-9]\d{4,14}$/;
const CLAIMS = ['name', 'given_name', 'family_name'] as const;

/** Reads the form. Everything that can be wrong without knowing any account is found here; the password is judged later. */
export function readSignUpForm(params: OAuthParameters, terms: FormTerms): ReadForm {
  const { policy } = terms;
  const faults: Partial<Record<SignUpField, FieldFault>> = {};
  const own = readAttributes(params, terms.userAttributes);
  const email = terms.email ?? readAddress(params, terms, faults);
  const given = Object.fromEntries(
    SIGN_UP_ATTRIBUTES.filter((name) => policy.signUpAttributes[name]).map((name) => [
      name,
      readAttribute(params, name),
    ]),
  );
  for (const [name, value] of Object.entries(given) as [SignUpAttribute, string | undefined][]) {
    const fault = value === undefined ? missing(policy, name) : faultOf(name, value);
    if (fault) faults[name] = fault;
  }
  const password = params.find('new_password');
  if (password === undefined) faults.new_password = 'missing';
  else if (password !== params.find('new_password_again')) faults.new_password_again = 'not_repeated';
  const accepted = params.find('terms');
  if (policy.termsVersion !== null && accepted !== policy.termsVersion) faults.terms = 'not_accepted';
  const account: ProposedAccount = {
    email,
    username: given['username'],
    phoneNumber: given['phone_number'],
    claims: Object.fromEntries(CLAIMS.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]))),
    attributes: own.values,
    acceptedTerms: policy.termsVersion ?? undefined,
  };
  return { account, password: password ?? '', faults: own.faults ? { ...faults, attributes: own.faults } : faults };
}

/** What a sign-up asks for of the attributes that the tenant defined. */
export function attributesAtSignUp({ userAttributes }: Pick<Tenant, 'userAttributes'>): UserAttributes {
  return missingAttributes(userAttributes, {}, 'sign_up');
}

/** What was entered and may still be, when the account is made: the definitions may have changed since. */
export function attributesOfNewAccount(
  tenant: Pick<Tenant, 'userAttributes'>,
  { attributes = {} }: ProposedAccount,
): AttributeValues {
  const askedKeys = new Set(attributesAtSignUp(tenant).map(({ key }) => key));
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => askedKeys.has(key)));
}

function readAttributes(params: OAuthParameters, userAttributes: UserAttributes) {
  const asked = attributesAtSignUp({ userAttributes });
  const given = readAttributeFields(asked, params);
  const faults: Record<string, AttributeFault> = {};
  let values: AttributeValues = {};
  for (const { name } of asked) {
    try {
      values = changeAttributes(userAttributes, values, { [name]: given[name] ?? null }, 'user');
    } catch (error) {
      if (!(error instanceof UserInputError)) throw error;
      faults[name] = error instanceof AttributeInputError ? error.code : 'too_long';
    }
  }
  return { values, faults: Object.keys(faults).length === 0 ? undefined : faults };
}

/** A user name that a person chose, checked by itself. */
export function usernameFault(username: string | undefined): FieldFault | undefined {
  return username === undefined ? 'missing' : faultOf('username', username);
}

function readAddress(
  params: OAuthParameters,
  { policy, restrictsDomains }: FormTerms,
  faults: Partial<Record<SignUpField, FieldFault>>,
): string {
  const typed = params.find('email')?.trim() ?? '';
  const email = readEmailAddress(typed);
  if (typed === '') faults.email = 'missing';
  else if (email === undefined || parseMailAddress(email) === undefined) faults.email = 'not_an_address';
  else if (restrictsDomains && !isInDomain(email, policy.signUpDomains)) faults.email = 'domain_not_allowed';
  return email ?? typed.slice(0, 254);
}

/** Blanks around it are slips. */
function readAttribute(params: OAuthParameters, name: SignUpAttribute): string | undefined {
  const value = params.find(name)?.trim();
  if (value === undefined || value === '') return undefined;
  return name === 'phone_number' ? value.normalize('NFKC').replace(/[\s()./-]/g, '') : value;
}

function missing({ signUpAttributes }: TenantPolicy, name: SignUpAttribute): FieldFault | undefined {
  return signUpAttributes[name] === 'required' ? 'missing' : undefined;
}

function faultOf(name: SignUpAttribute, value: string): FieldFault | undefined {
  if (value.length > MAX_LENGTH[name]) return 'too_long';
  if (name === 'phone_number') return E164.test(value) ? undefined : 'not_a_number';
  if (name !== 'username') return isVisibleLine(value) ? undefined : 'not_usable';
  // User names and addresses are one namespace: nobody may take an address that they did not prove.
  if (value.normalize('NFKC').includes('@')) return 'looks_like_address';
  return findUsernameFault(value) === undefined ? undefined : 'not_usable';
}
