import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsObject,
  Matches,
  MaxLength,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
  buildMessage,
} from 'class-validator';
import { parseMailAddress } from '../../mail/mail-address.js';
import { isEmailAddress, isMailDomain } from '../../oauth/email-address.js';
import { isVisibleLine } from '../../oauth/visible-text.js';
import { isWebAddress } from '../../oauth/web-address.js';
import { type Constructor, NestedType } from '../schema/describe.decorator.js';
import { ACR_REQUIREMENTS, ACR_VALUE } from '../../tenants/tenant-policy.js';

/** Text that people read, on one line: see `visible-text.ts` for what it may not hold. */
export function isSingleLine(value: unknown): value is string {
  return typeof value === 'string' && isVisibleLine(value);
}

export function IsSingleLine(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isSingleLine',
      validator: {
        validate: isSingleLine,
        defaultMessage: buildMessage((each) => `${each}$property must be text of one line`, options),
      },
    },
    options,
  );
}

/** The same on several lines. */
export function IsText(): PropertyDecorator {
  return ValidateBy({
    name: 'isText',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isSingleLine(value.replace(/\r?\n/g, ' ')),
      defaultMessage: buildMessage(() => '$property must be text'),
    },
  });
}

const CALENDAR_DATE = /^\d{4}-\d\d-\d\d$/;

/** A day that the calendar has. */
export function IsCalendarDate(): PropertyDecorator {
  const isDay = (value: string) => {
    const day = new Date(`${value}T00:00:00Z`);
    // Since 1970: PostgreSQL has no year 0.
    return day.getTime() >= 0 && day.toISOString().startsWith(value);
  };
  return ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && CALENDAR_DATE.test(value) && isDay(value),
      defaultMessage: buildMessage(() => '$property must be a date such as 2026-12-31'),
    },
  });
}

/** A name that people read, of a length they can. */
export function IsName(maxLength = 200): PropertyDecorator {
  return (target, property) => {
    for (const rule of [IsSingleLine(), MinLength(1), MaxLength(maxLength)]) rule(target, property);
  };
}

/** Applications compare it in a claim, so two that look alike differ nowhere. 64 characters: see `group-member.ts`. */
const NAME_IN_TOKENS = /^[A-Za-z0-9]([A-Za-z0-9 ._:@/+-]{0,62}[A-Za-z0-9])?$/;

/** The name of a group or role that tokens carry; with `each` a list of them. */
export function IsNameInTokens({ each = false } = {}): PropertyDecorator {
  return Matches(NAME_IN_TOKENS, {
    each,
    message:
      '$property must begin and end with a letter or digit, and have up to 64 letters, digits, spaces and characters of ._:@/+- (ASCII)',
  });
}

/** RFC 5321 §4.1.2 and RFC 6531 §3.3, without quoted names. */
export function IsEmailAddress(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isEmail',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isEmailAddress(value),
        defaultMessage: buildMessage((each) => `${each}$property must be an e-mail address`, options),
      },
    },
    options,
  );
}

/** The domain of e-mail addresses: a name, not a pattern. */
export function IsMailDomain(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMailDomain',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isMailDomain(value),
        defaultMessage: buildMessage((each) => `${each}$property must be a domain such as example.com`, options),
      },
    },
    options,
  );
}

/** An address that mail can be sent to. */
export function IsMailAddress(options?: ValidationOptions): PropertyDecorator {
  const defaultMessage = buildMessage(
    (each) => `${each}$property must be an address that mail can be sent to`,
    options,
  );
  const validate = (value: unknown) => typeof value === 'string' && parseMailAddress(value) !== undefined;
  return ValidateBy({ name: 'isMailAddress', validator: { validate, defaultMessage } }, options);
}

/** An address that is shown as a link: http or https, so that no script can hide in it. */
export function IsWebAddress(options?: ValidationOptions): PropertyDecorator {
  return IsAddress(isWebAddress, 'an http or https address', options);
}

/** The same with https alone, for an address where people may type a secret. */
export function IsSecureAddress(options?: ValidationOptions): PropertyDecorator {
  return IsAddress((value) => /^https:/i.test(value) && isWebAddress(value), 'an https address', options);
}

/** Where people get help: a web address, or an e-mail address. */
export function IsSupportAddress(options?: ValidationOptions): PropertyDecorator {
  const isMail = (value: string) => value.startsWith('mailto:') && isEmailAddress(value.slice('mailto:'.length));
  return IsAddress((value) => isWebAddress(value) || isMail(value), 'an http, https or mailto address', options);
}

function IsAddress(fits: (value: string) => boolean, what: string, options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value === 'string' && value.length <= 2000 && fits(value);
  const defaultMessage = buildMessage((each) => `${each}$property must be ${what}`, options);
  return ValidateBy({ name: 'isAddress', validator: { validate, defaultMessage } }, options);
}

const MAX_ACR_VALUES = 20;

/** `acr` values and what each of them means; `null` takes one out. */
export function IsAcrValues(): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length <= MAX_ACR_VALUES &&
    Object.entries(value).every(
      ([name, of]) => ACR_VALUE.test(name) && (of === null || (ACR_REQUIREMENTS as readonly unknown[]).includes(of)),
    );
  const what = `must have up to ${MAX_ACR_VALUES} names without spaces, each with one of ${ACR_REQUIREMENTS.join(', ')}`;
  return ValidateBy({ name: 'isAcrValues', validator: { validate, defaultMessage: () => `$property ${what}` } });
}

/** A list that names nothing twice. */
export function IsSet<Item>(identify?: (item: Item) => unknown): PropertyDecorator {
  const options = { message: '$property must not name anything twice' };
  return identify ? ArrayUnique(identify, options) : ArrayUnique(options);
}

/** The member may be left out, but not be `null`: it has no default to go back to. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** One object of this kind, or with `each` a list of them; class-validator alone would take lists in either place. */
export function IsNested(type: () => Constructor, { each = false } = {}): PropertyDecorator {
  return (target, property) => {
    Type(type)(target, property);
    NestedType(type)(target, property);
    ValidateNested({ each })(target, property);
    IsObject({ each })(target, property);
  };
}
