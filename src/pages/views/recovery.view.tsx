import type { ComponentChildren } from 'preact';
import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type {
  AskNotice,
  ForgottenPasswordPage,
  ForgottenUsernamePage,
  NoResetPage,
  RecoveryPageView,
  ResetSentPage,
  UsernameSentPage,
} from '../recovery-content.js';
import { waitText } from '../wait.js';
import { CodeField } from './code-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { NewPasswordView } from './new-password.view.js';
import { Notice } from './notice.js';

interface Props<View> {
  readonly view: View;
  readonly messages: MessageSet;
}

const IDENTIFIER_MAX_LENGTH = 320;

/** Pages for people who forgot something. */
export function RecoveryView({ view, messages }: Props<RecoveryPageView>) {
  switch (view.page) {
    case 'forgotten-password':
      return <ForgottenPassword view={view} messages={messages} />;
    case 'reset-sent':
      return <ResetSent view={view} messages={messages} />;
    case 'new-password':
      return <NewPasswordView view={view} messages={messages} />;
    case 'forgotten-username':
      return <ForgottenUsername view={view} messages={messages} />;
    case 'username-sent':
      return <UsernameSent view={view} messages={messages} />;
    case 'no-reset':
      return <NoReset view={view} messages={messages} />;
  }
}

function ForgottenPassword({ view, messages }: Props<ForgottenPasswordPage>) {
  const { notice, identifier } = view;
  const title = messages.text('recovery.forgot.title');
  return (
    <Layout context={view.context} messages={messages} title={title} isError={!!notice}>
      <h1>{title}</h1>
      <p>{messages.text('recovery.forgot.text')}</p>
      <AskNoticeBox notice={notice} retryAfterSeconds={view.retryAfterSeconds} messages={messages} />
      <Form target={view} id="forgot-form" class="stack">
        <div class="field">
          <label for="identifier">{messages.text('recovery.forgot.identifier')}</label>
          <input
            id="identifier"
            name="identifier"
            type="text"
            value={identifier}
            autocomplete="username"
            autocapitalize="none"
            autocorrect="off"
            spellcheck={false}
            maxLength={IDENTIFIER_MAX_LENGTH}
            dir="auto"
            required
            autofocus={notice === undefined}
          />
        </div>
        <button id="forgot-submit" class="button primary" type="submit">
          {messages.text('recovery.forgot.submit')}
        </button>
      </Form>
      <Links
        messages={messages}
        links={[
          [view.usernamePath, 'recovery.forgot.username'],
          [view.signInPath, 'recovery.toSignIn'],
        ]}
      />
    </Layout>
  );
}

function ResetSent({ view, messages }: Props<ResetSentPage>) {
  const { notice, minutes } = view;
  const title = messages.text('recovery.sent.title');
  return (
    <Layout context={view.context} messages={messages} title={title} isError={!!notice}>
      <h1>{title}</h1>
      <p>{messages.text('recovery.sent.text', { minutes })}</p>
      <p>{messages.text('recovery.sent.link')}</p>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text(`recovery.notice.${notice}.title`)}
          text={messages.text(`recovery.notice.${notice}.text`)}
        />
      )}
      <Form target={view} id="code-form" class="stack">
        <CodeField label={messages.text('recovery.sent.code')} isDigits isWrong={notice === 'wrong_code'} />
        <button id="code-submit" class="button primary" type="submit">
          {messages.text('recovery.sent.submit')}
        </button>
      </Form>
      <p class="small soft hint">{messages.text('recovery.sent.none')}</p>
      <Links
        messages={messages}
        links={[
          [view.againPath, 'recovery.sent.again'],
          [view.signInPath, 'recovery.toSignIn'],
        ]}
      />
    </Layout>
  );
}

function ForgottenUsername({ view, messages }: Props<ForgottenUsernamePage>) {
  const { notice, email } = view;
  const title = messages.text('recovery.username.title');
  return (
    <Layout context={view.context} messages={messages} title={title} isError={!!notice}>
      <h1>{title}</h1>
      <p>{messages.text('recovery.username.text')}</p>
      <AskNoticeBox notice={notice} retryAfterSeconds={view.retryAfterSeconds} messages={messages} />
      <Form target={view} id="forgot-username-form" class="stack">
        <div class="field">
          <label for="email">{messages.text('recovery.username.email')}</label>
          <input
            id="email"
            name="email"
            type="email"
            value={email}
            autocomplete="email"
            maxLength={IDENTIFIER_MAX_LENGTH}
            dir="ltr"
            required
            autofocus={notice === undefined}
          />
        </div>
        <button id="forgot-username-submit" class="button primary" type="submit">
          {messages.text('recovery.username.submit')}
        </button>
      </Form>
      <Links messages={messages} links={[[view.signInPath, 'recovery.toSignIn']]} />
    </Layout>
  );
}

function UsernameSent({ view, messages }: Props<UsernameSentPage>) {
  const title = messages.text('recovery.username.sentTitle');
  return (
    <Layout context={view.context} messages={messages} title={title}>
      <h1>{title}</h1>
      <p>{messages.text('recovery.username.sentText')}</p>
      <BackButton path={view.signInPath}>{messages.text('recovery.toSignIn')}</BackButton>
    </Layout>
  );
}

function NoReset({ view, messages }: Props<NoResetPage>) {
  const { reason, context } = view;
  const title = messages.text(`recovery.${reason}.title`);
  const text =
    reason === 'gone'
      ? messages.text('recovery.gone.text')
      : messages.text('recovery.off.text', { tenant: context.tenant.displayName });
  return (
    <Layout context={context} messages={messages} title={title} isError>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <div class="actions">
        {view.againPath !== undefined && (
          <a class="button primary" href={webAddress(view.againPath)}>
            {messages.text('recovery.sent.again')}
          </a>
        )}
        <a class={view.againPath === undefined ? 'button primary' : 'button'} href={webAddress(view.signInPath)}>
          {messages.text('recovery.toSignIn')}
        </a>
      </div>
    </Layout>
  );
}

function BackButton({ path, children }: { readonly path: string; readonly children: ComponentChildren }) {
  return (
    <div class="actions">
      <a class="button primary" href={webAddress(path)}>
        {children}
      </a>
    </div>
  );
}

type LinkText = 'recovery.forgot.username' | 'recovery.toSignIn' | 'recovery.sent.again';

function Links(props: { readonly links: readonly (readonly [string, LinkText])[]; readonly messages: MessageSet }) {
  return (
    <ul class="link-list">
      {props.links.map(([path, text]) => (
        <li>
          <a href={webAddress(path)}>{props.messages.text(text)}</a>
        </li>
      ))}
    </ul>
  );
}

function AskNoticeBox(props: {
  readonly notice: AskNotice | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly messages: MessageSet;
}) {
  const { notice, retryAfterSeconds = 1, messages } = props;
  if (notice === undefined) return null;
  const text =
    notice === 'too_many_requests'
      ? messages.text('recovery.notice.too_many_requests.text', { wait: waitText(messages, retryAfterSeconds) })
      : messages.text('recovery.notice.identifier_required.text');
  return <Notice kind="error" id="notice" title={messages.text(`recovery.notice.${notice}.title`)} text={text} />;
}
