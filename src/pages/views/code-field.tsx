interface CodeFieldProps {
  readonly label: string;
  /** Six digits; otherwise letters as well. */
  readonly isDigits: boolean;
  readonly isWrong: boolean;
  readonly takesFocus?: boolean;
  /** The id of what is said about a wrong code. */
  readonly noticeId?: string;
}

/** Room for the spaces that people type between groups. */
const MAX_LENGTH = 40;

/** One input, so that phones and password managers can fill it (WCAG 2.2, 3.3.8). */
export function CodeField({ label, isDigits, isWrong, takesFocus = false, noticeId = 'notice' }: CodeFieldProps) {
  return (
    <div class="field">
      <label for="code">{label}</label>
      <input
        id="code"
        name="code"
        type="text"
        inputMode={isDigits ? 'numeric' : 'text'}
        autocomplete={isDigits ? 'one-time-code' : 'off'}
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        maxLength={MAX_LENGTH}
        dir="ltr"
        required
        autofocus={takesFocus}
        aria-invalid={isWrong ? true : undefined}
        aria-describedby={isWrong ? noticeId : undefined}
      />
    </div>
  );
}
