import type { MessageSet } from '../../language/messages.js';
import type { PageContext, PageView } from '../page-content.js';

export interface PasswordInputProps {
  /** The name of the field, and its id. Its label has the id `<name>-label`. */
  readonly name: string;
  readonly messages: MessageSet;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly takesFocus?: boolean;
  readonly isInvalid?: boolean | undefined;
  /** The ids of what else is said about it. */
  readonly describedBy?: string | undefined;
}

/** Generous enough for any password manager; a server that accepts less must refuse, not cut. */
const MAX_LENGTH = 1024;

/** Shows the buttons, and hides a shown password before it is sent: browsers remember what text fields hold. */
const SHOW_BUTTONS = `for (const button of document.querySelectorAll('[data-shows]')) {
const field = document.getElementById(button.dataset.shows);
const [show, hide] = [button.textContent, button.dataset.hide];
const set = (isShown) => {
field.type = isShown ? 'text' : 'password';
button.textContent = isShown ? hide : show;
};
button.hidden = false;
button.addEventListener('click', () => set(field.type === 'password'));
field.form.addEventListener('submit', () => set(false));
}`;

/** The pages with passwords to type, which have a script with the nonce of the page. */
export const PAGES_WITH_PASSWORDS: ReadonlySet<PageView['page']> = new Set([
  'sign-in',
  'password',
  'new-password',
  'account-form',
]);

/** A password that can be shown while it is typed (WCAG 2.2 §3.3.8). Without JavaScript there is no button. */
export function PasswordInput(props: PasswordInputProps) {
  const { name, messages, autocomplete, takesFocus = false, isInvalid = false, describedBy } = props;
  return (
    <div class="password">
      <input
        id={name}
        name={name}
        type="password"
        autocomplete={autocomplete}
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        maxLength={MAX_LENGTH}
        required
        autofocus={takesFocus}
        aria-invalid={isInvalid ? true : undefined}
        aria-describedby={describedBy}
      />
      <button
        id={`${name}-show`}
        class="button"
        type="button"
        hidden
        data-shows={name}
        data-hide={messages.text('password.hide')}
        aria-labelledby={`${name}-show ${name}-label`}
      >
        {messages.text('password.show')}
      </button>
    </div>
  );
}

/** Once on a page, after its forms. */
export function PasswordScript({ context }: { readonly context: PageContext }) {
  return <script nonce={context.nonce} dangerouslySetInnerHTML={{ __html: SHOW_BUTTONS }} />;
}
