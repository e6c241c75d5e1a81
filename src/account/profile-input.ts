import { isEmailAddress } from '../oauth/email-address.js';
import { parseUrl } from '../oauth/parse-url.js';
import { isVisibleLine } from '../oauth/visible-text.js';
import { parseMailAddress } from '../mail/mail-address.js';
import type { ProfileField } from '../tenants/profile-fields.js';
import type { AttributeFault } from '../users/attribute-values.js';
import type { AddressClaim } from '../users/user.js';

/** What is wrong with one member of a profile. */
export type ProfileFault =
  | 'not_https'
  | 'not_a_date'
  | 'not_a_time_zone'
  | 'not_a_language'
  | 'not_a_phone_number'
  | 'not_an_email_address'
  | AttributeFault;

/** A member of a profile, or of its address, was not taken. */
export class ProfileInputError extends Error {
  constructor(
    /** `name`, `address/locality` or `attributes/department`. */
    readonly member: string,
    readonly fault: ProfileFault,
  ) {
    super(`${member}: ${fault}`);
  }
}

/** Parts of the address that people fill in. `formatted` is what an importer wrote, and goes with the first change. */
export const ADDRESS_PARTS = ['street_address', 'postal_code', 'locality', 'region', 'country'] as const;
export type AddressPart = (typeof ADDRESS_PARTS)[number];

const MAX_ADDRESS_LENGTH: Readonly<Record<AddressPart, number>> = {
  street_address: 200,
  postal_code: 50,
  locality: 200,
  region: 200,
  country: 100,
};
const MAX_LENGTH: Readonly<Partial<Record<ProfileField, number>>> = { name: 200, gender: 50, picture: 2000 };
const MAX_NAME_LENGTH = 100;
const BIRTHDATE = /^\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/;
/** E.164. */
const PHONE_NUMBER = /^\+[1-9]\d{4,14}$/;
const MAX_EMAIL_LENGTH = 254;

/** Length that a text field may have, for the page. */
export function maxLengthOf(field: ProfileField | AddressPart): number {
  if (field === 'email') return MAX_EMAIL_LENGTH;
  return MAX_ADDRESS_LENGTH[field as AddressPart] ?? MAX_LENGTH[field as ProfileField] ?? MAX_NAME_LENGTH;
}

/** The value as it is kept. @throws ProfileInputError */
export function readProfileText(field: Exclude<ProfileField, 'address'>, given: string): string {
  const value = field === 'phone_number' ? given.replace(/[\s()./-]/g, '') : given.trim();
  const fault = value.length > maxLengthOf(field) ? 'too_long' : findFault(field, value);
  if (fault) throw new ProfileInputError(field, fault);
  return field === 'locale' ? (canonicalLanguage(value) ?? value) : value;
}

/** The parts that are filled in. @throws ProfileInputError */
export function readAddress(given: Readonly<Partial<Record<AddressPart, string>>>): AddressClaim {
  const parts = ADDRESS_PARTS.map((part): [AddressPart, string] => [
    part,
    // Forms send lines with CR LF (HTML §4.10.21.7).
    (given[part] ?? '').trim().replaceAll('\r\n', '\n'),
  ]);
  for (const [part, value] of parts) {
    const lines = part === 'street_address' ? value.split('\n') : [value];
    if (value.length > MAX_ADDRESS_LENGTH[part]) throw new ProfileInputError(`address/${part}`, 'too_long');
    if (!lines.every((line) => line === '' || isVisibleLine(line))) {
      throw new ProfileInputError(`address/${part}`, 'not_text');
    }
  }
  return Object.fromEntries(parts.filter(([, value]) => value !== ''));
}

/** What is more than a line of text. */
const CHECKS: Readonly<
  Partial<Record<ProfileField, readonly [isRight: (value: string) => boolean, fault: ProfileFault]>>
> = {
  picture: [isSecureAddress, 'not_https'],
  profile: [isSecureAddress, 'not_https'],
  website: [isSecureAddress, 'not_https'],
  birthdate: [isDate, 'not_a_date'],
  zoneinfo: [isTimeZone, 'not_a_time_zone'],
  locale: [(value) => canonicalLanguage(value) !== undefined, 'not_a_language'],
  phone_number: [(value) => PHONE_NUMBER.test(value), 'not_a_phone_number'],
  // Also one that mail can be sent to: it has to be proven.
  email: [(value) => isEmailAddress(value) && parseMailAddress(value) !== undefined, 'not_an_email_address'],
};

function findFault(field: ProfileField, value: string): ProfileFault | undefined {
  const [isRight, fault] = CHECKS[field] ?? [isVisibleLine, 'not_text' as const];
  return isRight(value) ? undefined : fault;
}

function isSecureAddress(value: string): boolean {
  const url = /[\s\\]/.test(value) ? undefined : parseUrl(value);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}

/** A day that there is, also without its year (0000), or a year alone. */
function isDate(value: string): boolean {
  if (!BIRTHDATE.test(value)) return false;
  const [year = '', month, day] = value.split('-');
  if (month === undefined) return true;
  const known = year === '0000' ? '2000' : year;
  const date = new Date(`${known}-${month}-${day}T00:00:00Z`);
  return date.getUTCDate() === Number(day) && (year === '0000' || date.getTime() <= Date.now());
}

function isTimeZone(value: string): boolean {
  try {
    return /^[A-Za-z0-9_+/-]+$/.test(value) && new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

function canonicalLanguage(value: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(value)[0];
  } catch {
    return undefined;
  }
}
