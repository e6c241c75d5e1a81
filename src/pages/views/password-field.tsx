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
