import type { MessageSet } from '../../language/messages.js';
import type { AccountEmailPage, ConfirmEmailPage } from '../account-content.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { CodeField } from './code-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';

interface EmailProps {
  readonly view: AccountEmailPage;
  readonly messages: MessageSet;
}

const EMAIL_MAX_LENGTH = 254;

/** Another e-mail address: first it is entered, then the code of the mail. */
export function AccountEmailView({ view, messages }: EmailProps) {
  const { notice, sent } = view;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('email.title')} isError={!!notice}>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice-refused"
          title={messages.text('email.failed')}
          text={messages.text(`email.${notice}`)}
        />
      )}
      {sent === undefined ? <NewAddress view={view} messages={messages} /> : <Code view={view} messages={messages} />}
    </AccountLayout>
  );
}

function NewAddress({ view, messages }: EmailProps) {
  const { current, entered, notice } = view;
  return (
    <>
      <p class="soft">
        {current === undefined
          ? messages.text('email.noCurrent')
          : messages.rich('email.current', { address: <Name of={current} /> })}
      </p>
      <p>{messages.text('email.text')}</p>
      <Form target={view} id="email-form" class="stack">
        <div class="field">
          <label for="email">{messages.text('email.new')}</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            value={entered}
            maxLength={EMAIL_MAX_LENGTH}
            required
            aria-invalid={notice === undefined ? undefined : true}
            aria-describedby={notice === undefined ? undefined : 'notice-refused'}
          />
        </div>
        <button id="email-submit" class="button primary" type="submit">
          {messages.text('email.submit')}
        </button>
      </Form>
    </>
  );
}

function Code({ view, messages }: EmailProps) {
  const { sent, notice, action } = view;
  if (!sent) return null;
  return (
    <>
      <p>{messages.rich('email.sent', { address: <Name of={sent.address} /> })}</p>
      <Form target={sent} id="email-code-form" class="stack">
        <CodeField
          label={messages.text('email.code')}
          isDigits
          isWrong={notice !== undefined}
          noticeId="notice-refused"
        />
        <button id="email-code-submit" class="button primary" type="submit">
          {messages.text('email.confirm')}
        </button>
      </Form>
      <ul class="link-list">
        <li>
          <a href={webAddress(action)}>{messages.text('email.other')}</a>
        </li>
      </ul>
    </>
  );
}

/** Where the link of the mail leads. It asks, because programs that check mail follow links. */
export function ConfirmEmailView(props: { readonly view: ConfirmEmailPage; readonly messages: MessageSet }) {
  const { view, messages } = props;
  const { context, confirm, outcome } = view;
  const isError = outcome === 'spent' || outcome === 'taken';
  return (
    <Layout context={context} messages={messages} title={messages.text('email.title')} isError={isError}>
      <h1>{messages.text('email.title')}</h1>
      {outcome !== undefined && (
        <Notice
          kind={isError ? 'error' : 'info'}
          id="notice"
          title={messages.text(isError ? 'email.failed' : 'notice.emailChanged.title')}
          text={messages.text(isError ? `email.${outcome}` : 'notice.emailChanged.text')}
        />
      )}
      {confirm && (
        <>
          <p class="lead">{messages.rich('email.ask', { address: <Name of={confirm.address} /> })}</p>
          <Form target={confirm} id="confirm-email-form" class="stack">
            <button id="confirm-email-submit" class="button primary" type="submit">
              {messages.text('email.confirm')}
            </button>
          </Form>
        </>
      )}
      <ul class="link-list">
        <li>
          <a href={webAddress(view.accountPath)}>{messages.text('account.title')}</a>
        </li>
      </ul>
    </Layout>
  );
}
