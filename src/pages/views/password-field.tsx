import type { MessageSet } from '../../language/messages.js';
import { PasswordInput, type PasswordInputProps } from './password-input.js';

interface PasswordFieldProps extends Omit<PasswordInputProps, 'describedBy'> {
  readonly label: string;
  /** What the password must be like. */
  readonly hint?: string | undefined;
}

/** A labelled password, with a hint below. */
export function PasswordField({ label, hint, ...input }: PasswordFieldProps) {
  const { name } = input;
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  return (
    <div class="field">
      <label id={`${name}-label`} for={name}>
        {label}
      </label>
      <PasswordInput {...input} describedBy={hintId} />
      {hint !== undefined && (
        <p class="small soft" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface NewPasswordFieldsProps {
  readonly minLength: number;
  readonly messages: MessageSet;
  readonly takesFocus?: boolean;
  readonly isInvalid: (field: 'new_password' | 'new_password_again') => boolean;
}

/** A new password, and the same again. */
export function NewPasswordFields({ minLength, messages, takesFocus = false, isInvalid }: NewPasswordFieldsProps) {
  return (
    <>
      <PasswordField
        name="new_password"
        label={messages.text('password.new')}
        hint={messages.text('password.rule', { count: minLength })}
        messages={messages}
        autocomplete="new-password"
        takesFocus={takesFocus}
        isInvalid={isInvalid('new_password')}
      />
      <PasswordField
        name="new_password_again"
        label={messages.text('password.again')}
        messages={messages}
        autocomplete="new-password"
        isInvalid={isInvalid('new_password_again')}
      />
    </>
  );
}
