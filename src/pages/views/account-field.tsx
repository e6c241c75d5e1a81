import type { MessageSet } from '../../language/messages.js';
import { FORM_FAULTS, type FieldFault, type FormFault } from '../../registration/sign-up-form.js';
import type { AccountField } from '../sign-up-content.js';
import { PasswordInput } from './password-input.js';

interface FieldProps {
  readonly field: AccountField;
  readonly messages: MessageSet;
  readonly minLength?: number;
  readonly takesFocus?: boolean;
}

const MAX_LENGTH = 1024;

type Name = AccountField['kind'];
type Password = 'new_password' | 'new_password_again';

const LABELS = {
  email: 'signUp.email',
  username: 'signUp.username',
  name: 'signUp.name',
  given_name: 'signUp.given_name',
  family_name: 'signUp.family_name',
  phone_number: 'signUp.phone_number',
  new_password: 'signUp.password',
  new_password_again: 'signUp.passwordAgain',
} as const satisfies Record<Name, string>;

/** HTML autofill names. */
const AUTOCOMPLETE: Readonly<Record<Exclude<Name, Password>, string>> = {
  email: 'email',
  username: 'username',
  name: 'name',
  given_name: 'given-name',
  family_name: 'family-name',
  phone_number: 'tel',
};

const TYPES: Partial<Record<Name, 'email' | 'tel'>> = {
  email: 'email',
  phone_number: 'tel',
};

/** A labelled field, with what is wrong with it below. */
export function AccountFieldInput({ field, messages, minLength = 0, takesFocus = false }: FieldProps) {
  const { kind: name, isRequired, value, fault } = field;
  const label = messages.text(LABELS[name]);
  const hint = hintOf(name, messages, minLength);
  const describedBy = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ') || undefined;
  // The types of Preact know an input by its type alone, and not by one of several.
  const type: string = TYPES[name] ?? 'text';
  const isName = name === 'name' || name === 'given_name' || name === 'family_name';
  return (
    <div class="field">
      <label id={`${name}-label`} for={name}>
        {isRequired ? label : messages.text('signUp.optional', { label })}
      </label>
      {isPassword(name) ? (
        <PasswordInput
          name={name}
          messages={messages}
          autocomplete="new-password"
          takesFocus={takesFocus}
          isInvalid={fault !== undefined}
          describedBy={describedBy}
        />
      ) : (
        <input
          id={name}
          name={name}
          type={type as 'text'}
          value={value}
          autocomplete={AUTOCOMPLETE[name]}
          autocapitalize={isName ? 'words' : 'none'}
          autocorrect="off"
          spellcheck={false}
          maxLength={MAX_LENGTH}
          dir={name === 'phone_number' ? 'ltr' : 'auto'}
          required={isRequired}
          autofocus={takesFocus}
          aria-invalid={fault ? true : undefined}
          aria-describedby={describedBy}
        />
      )}
      {hint !== undefined && (
        <p class="small soft" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p class="small fault" id={`${name}-fault`}>
          {faultText(field, messages, minLength)}
        </p>
      )}
    </div>
  );
}

/** A password manager offers a new password in both fields. */
function isPassword(name: Name): name is Password {
  return name === 'new_password' || name === 'new_password_again';
}

function hintOf(name: Name, messages: MessageSet, minLength: number): string | undefined {
  if (name === 'phone_number') return messages.text('signUp.phoneHint');
  return name === 'new_password' ? messages.text('password.rule', { count: minLength }) : undefined;
}

function faultText({ fault }: AccountField, messages: MessageSet, minLength: number): string {
  if (fault === undefined) return '';
  if (isFormFault(fault)) return messages.text(`signUp.fault.${fault}`);
  if (fault === 'too_short') return messages.text('password.too_short', { count: minLength });
  return messages.text(`password.${fault}`);
}

function isFormFault(fault: FieldFault): fault is FormFault {
  return FORM_FAULTS.some((one) => one === fault);
}
