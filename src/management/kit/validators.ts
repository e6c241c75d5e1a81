import { Type } from 'class-transformer';
import {
  ArrayUnique,
  IsObject,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
  buildMessage,
} from 'class-validator';
import { type Constructor, NestedType } from '../schema/describe.decorator.js';

const CONTROL = /[\u0000-\u001f\u007f]/;
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Text that people read: nothing that controls a terminal or turns the reading direction around, on one line. */
export function isSingleLine(value: unknown): value is string {
  return typeof value === 'string' && !CONTROL.test(value) && !DIRECTION.test(value);
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

/** An address that is shown as a link: http or https, so that no script can hide in it. */
export function IsWebAddress(options?: ValidationOptions): PropertyDecorator {
  return IsAddress(['http:', 'https:'], 'an http or https address', options);
}

/** Where people get help: a web address, or an e-mail address. */
export function IsSupportAddress(options?: ValidationOptions): PropertyDecorator {
  return IsAddress(['http:', 'https:', 'mailto:'], 'an http, https or mailto address', options);
}

function IsAddress(schemes: readonly string[], what: string, options?: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) => {
    if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return false;
    const { protocol, username } = new URL(value);
    return schemes.includes(protocol) && username === '';
  };
  const defaultMessage = buildMessage((each) => `${each}$property must be ${what}`, options);
  return ValidateBy({ name: 'isAddress', validator: { validate, defaultMessage } }, options);
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
