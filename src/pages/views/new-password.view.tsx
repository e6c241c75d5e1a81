import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { NewPasswordNotice, NewPasswordPage } from '../recovery-content.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { NewPasswordFields } from './password-field.js';
import { PasswordScript } from './password-input.js';

interface NewPasswordProps {
  readonly view: NewPasswordPage;
  readonly messages: MessageSet;
}

/** A new password, twice. The user name is there for password managers. */
export function NewPasswordView({ view, messages }: NewPasswordProps) {
  const { notice, username } = view;
  const title = messages.text('recovery.reset.title');
  return (
    <Layout context={view.context} messages={messages} title={title} isError={!!notice}>
      <h1>{title}</h1>
      <p class="lead">{messages.rich('recovery.reset.account', { name: <Name of={username} /> })}</p>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('password.failed')}
          text={noticeText(view, notice, messages)}
        />
      )}
      <Form target={view} id="new-password-form" class="stack">
        <input type="text" name="username" value={username} autocomplete="username" hidden readOnly />
        <NewPasswordFields
          minLength={view.minLength}
          messages={messages}
          takesFocus={notice === undefined}
          isInvalid={(field) => isAbout(notice, field)}
        />
        <div>
          <div class="tick">
            <input
              id="end_sessions"
              name="end_sessions"
              type="checkbox"
              value="on"
              checked={view.endsSessions}
              aria-describedby="end_sessions-hint"
            />
            <label for="end_sessions">{messages.text('recovery.reset.endSessions')}</label>
          </div>
          <p class="small soft" id="end_sessions-hint">
            {messages.text('recovery.reset.endSessionsHint')}
          </p>
        </div>
        <button id="new-password-submit" class="button primary" type="submit">
          {messages.text('recovery.reset.submit')}
        </button>
      </Form>
      <ul class="link-list">
        <li>
          <a href={webAddress(view.signInPath)}>{messages.text('recovery.toSignIn')}</a>
        </li>
      </ul>
      <PasswordScript context={view.context} />
    </Layout>
  );
}

function isAbout(notice: NewPasswordNotice | undefined, field: string): boolean {
  if (notice === undefined || notice === 'busy' || notice === 'unchecked' || notice === 'fields_required') return false;
  return field === (notice === 'not_repeated' ? 'new_password_again' : 'new_password');
}

function noticeText(view: NewPasswordPage, notice: NewPasswordNotice, messages: MessageSet): string {
  if (notice === 'busy') return messages.text('notice.busy.text');
  if (notice === 'too_short') return messages.text('password.too_short', { count: view.minLength });
  if (notice === 'fields_required') return messages.text('recovery.reset.fields_required');
  return messages.text(`password.${notice}`);
}
