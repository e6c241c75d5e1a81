import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { MailCodeNotice, MailCodePage } from '../sign-up-content.js';
import { AccountFieldInput } from './account-field.js';
import { CodeField } from './code-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { NotYou } from './other-ways.js';

interface MailCodeProps {
  readonly view: MailCodePage;
  readonly messages: MessageSet;
}

const NOTICES = {
  wrong: { kind: 'error', title: 'code.failed', text: 'code.wrong' },
  resent: { kind: 'info', title: 'code.resent', text: 'code.resentText' },
  notYet: { kind: 'info', title: 'code.notYet', text: 'code.notYetText' },
  usernameTaken: { kind: 'error', title: 'code.usernameTaken', text: 'code.usernameTakenText' },
} as const satisfies Record<MailCodeNotice, { kind: 'error' | 'info'; title: string; text: string }>;

/** Where the code of a mail is typed. The link of the same mail does as well, and then this page goes on. */
export function MailCodeView({ view, messages }: MailCodeProps) {
  const { context, address, notice, username } = view;
  const said = notice && NOTICES[notice];
  const again = webAddress(view.againPath);
  // With the code, the address is confirmed: no mail is awaited any more.
  const isAwaiting = username === undefined;
  const title = messages.text(isAwaiting ? 'code.title' : 'signUp.username');
  return (
    <Layout context={context} messages={messages} title={title} isError={said?.kind === 'error'}>
      <h1>{title}</h1>
      {isAwaiting && <p class="lead">{messages.rich('code.text', { address: <Name of={address} /> })}</p>}
      {said && (
        <Notice kind={said.kind} id="notice" title={messages.text(said.title)} text={messages.text(said.text)} />
      )}
      <Form target={view} id="code-form" class="stack">
        {username === undefined ? (
          <CodeField
            label={messages.text('code.label')}
            isDigits
            isWrong={notice === 'wrong'}
            takesFocus={said === undefined}
          />
        ) : (
          <AccountFieldInput field={username} messages={messages} />
        )}
        <button id="code-submit" class="button primary" type="submit">
          {messages.text('code.submit')}
        </button>
      </Form>
      {isAwaiting && <Waiting view={view} messages={messages} />}
      {again !== undefined && (
        <p class="small hint">
          <a href={again}>{messages.text('code.again')}</a>
        </p>
      )}
      {view.switchAccount && <NotYou target={view.switchAccount} messages={messages} />}
    </Layout>
  );
}

/** For a mail that does not come, or that was opened elsewhere. */
function Waiting({ view, messages }: MailCodeProps) {
  return (
    <>
      <p class="small soft hint">{messages.text('code.late')}</p>
      <div class="actions">
        <Form target={view.opened}>
          <button id="code-opened" class="button compact" type="submit">
            {messages.text('code.opened')}
          </button>
        </Form>
        <Form target={view.resend}>
          <button id="code-resend" class="button compact" type="submit">
            {messages.text('code.resend')}
          </button>
        </Form>
      </div>
    </>
  );
}
