import { foreignAddress, webAddress } from '../look/web-address.js';
import type { MessageSet } from '../../language/messages.js';
import type { PasswordNotice, PasswordPage } from '../page-content.js';
import { waitText } from '../wait.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { NotYou } from './other-ways.js';
import { NewPasswordFields, PasswordField } from './password-field.js';
import { PasswordScript } from './password-input.js';

interface PasswordProps {
  readonly view: PasswordPage;
  readonly messages: MessageSet;
}

/** Which field a notice is about. */
const FIELD_OF: Partial<Record<PasswordNotice, string>> = {
  wrong_password: 'current_password',
  not_repeated: 'new_password_again',
  too_short: 'new_password',
  too_long: 'new_password',
  too_common: 'new_password',
  unusable_character: 'new_password',
  breached: 'new_password',
  unchanged: 'new_password',
};

/** The present password and a new one, twice. The user name is there for password managers. */
export function PasswordView({ view, messages }: PasswordProps) {
  const { context, username, notice } = view;
  const reset = foreignAddress(context.tenant.branding.links?.passwordResetUri) ?? webAddress(view.forgottenPath);
  const account = webAddress(view.accountPath);
  const isAbout = (field: string) => notice !== undefined && FIELD_OF[notice] === field;
  return (
    <Layout context={context} messages={messages} title={messages.text('password.title')} isError={!!notice}>
      <h1>{messages.text('password.title')}</h1>
      <p class="lead">{messages.rich('account.signedInAs', { name: <Name of={username} /> })}</p>
      {view.isAsked && <p>{messages.text('password.mustChange')}</p>}
      <p>{messages.text('password.text')}</p>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('password.failed')}
          text={noticeText(view, notice, messages)}
        />
      )}
      <Form target={view} id="password-form" class="stack">
        <input type="text" name="username" value={username} autocomplete="username" hidden readOnly />
        <PasswordField
          name="current_password"
          label={messages.text('password.current')}
          messages={messages}
          autocomplete="current-password"
          takesFocus={notice === undefined}
          isInvalid={isAbout('current_password')}
        />
        <NewPasswordFields minLength={view.minLength} messages={messages} isInvalid={isAbout} />
        <button id="password-submit" class="button primary" type="submit">
          {messages.text('password.submit')}
        </button>
      </Form>
      <ul class="link-list">
        {account !== undefined && (
          <li>
            <a href={account}>{messages.text('password.back')}</a>
          </li>
        )}
        {reset !== undefined && (
          <li>
            <a href={reset}>{messages.text('signIn.forgotPassword')}</a>
          </li>
        )}
      </ul>
      {view.switchAccount && <NotYou target={view.switchAccount} messages={messages} />}
      <PasswordScript context={context} />
    </Layout>
  );
}

function noticeText(view: PasswordPage, notice: PasswordNotice, messages: MessageSet): string {
  if (notice === 'too_many_attempts') {
    return messages.text('notice.tooManyAttempts.wait', { wait: waitText(messages, view.retryAfterSeconds ?? 1) });
  }
  if (notice === 'busy') return messages.text('notice.busy.text');
  if (notice === 'too_short') return messages.text('password.too_short', { count: view.minLength });
  return messages.text(`password.${notice}`);
}
