import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { FormTarget } from '../page-parts.js';
import type { FactorLink } from '../second-factor-content.js';
import { factorName } from './factor-texts.js';
import { Form } from './form.js';
import { shownWithPasskeys } from './passkey-parts.js';

/** Every other factor that the person could use. */
export function OtherWays({
  others,
  messages,
}: {
  readonly others: readonly FactorLink[];
  readonly messages: MessageSet;
}) {
  if (others.length === 0) return null;
  return (
    <div {...shownWithPasskeys(others)}>
      <h2 class="section-heading">{messages.text('factors.anotherWay')}</h2>
      <ul class="link-list" id="other-factors">
        {others.map((other) => (
          <li {...shownWithPasskeys([other])}>
            <a href={webAddress(other.href)}>{factorName(other, messages)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "Not you?" */
export function NotYou({ target, messages }: { readonly target: FormTarget; readonly messages: MessageSet }) {
  return (
    <Form target={target} class="hint">
      <button class="text-button" type="submit">
        {messages.text('factors.notYou')}
      </button>
    </Form>
  );
}

/** Whether this browser is to be asked again. */
export function RememberChoice({ messages }: { readonly messages: MessageSet }) {
  return (
    <label class="choice">
      <input type="checkbox" name="remember" value="yes" />
      <span>{messages.text('factors.remember')}</span>
    </label>
  );
}
