import { ValidateBy, type ValidationOptions, buildMessage } from 'class-validator';

const CONTROL = /[\u0000-\u001f\u007f]/;
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Text of one line that people read: nothing that controls a terminal or turns the reading direction around. */
export function IsSingleLine(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isSingleLine',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && !CONTROL.test(value) && !DIRECTION.test(value),
        defaultMessage: buildMessage((each) => `${each}$property must be text of one line`, options),
      },
    },
    options,
  );
}

/** An address that is shown as a link: http or https, so that no script can hide in it. */
export function IsWebAddress(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isWebAddress',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          value.length <= 2000 &&
          URL.canParse(value) &&
          /^https?:$/.test(new URL(value).protocol) &&
          new URL(value).username === '',
        defaultMessage: buildMessage((each) => `${each}$property must be an http or https address`, options),
      },
    },
    options,
  );
}
