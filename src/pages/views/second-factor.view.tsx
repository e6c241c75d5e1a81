import type { MessageSet } from '../../language/messages.js';
import type { SecondFactorPage } from '../second-factor-content.js';
import { webAddress } from '../look/web-address.js';
import { waitText } from '../wait.js';
import { CodeField } from './code-field.js';
import { factorName, factorTexts } from './factor-texts.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Host, Name } from './name.js';
import { Notice } from './notice.js';
import { NotYou, OtherWays, RememberChoice } from './other-ways.js';
import { PasskeyLinkScript } from './passkey-parts.js';

interface SecondFactorProps {
  readonly view: SecondFactorPage;
  readonly messages: MessageSet;
}

/** One input for one code, and every other way that the person has. */
export function SecondFactorView({ view, messages }: SecondFactorProps) {
  const { context, enrolment, notice, others } = view;
  const isAsking = view.sending?.isSent === false;
  const { title, text } = textsOf(view, messages);
  return (
    <Layout context={context} messages={messages} title={title} isError={notice !== undefined}>
      <h1>{title}</h1>
      <p class="lead">
        {text ??
          (view.sending?.address === undefined
            ? messages.text('factors.other.ask')
            : messages.rich('factors.emailCode.ask', { address: <bdi>{view.sending.address}</bdi> }))}
      </p>
      {!enrolment && <SignedInAs view={view} messages={messages} />}
      <Refusal view={view} messages={messages} />
      {isAsking ? (
        <SendForm view={view} messages={messages} isFirst />
      ) : (
        <>
          <CodeForm view={view} messages={messages} />
          <SendForm view={view} messages={messages} />
        </>
      )}
      <OtherWays others={others} messages={messages} />
      {enrolment ? (
        <p class="hint">
          <a href={webAddress(enrolment.backHref)}>{messages.text('factors.setUpTotp.back')}</a>
        </p>
      ) : (
        <NotYou target={view.switchAccount} messages={messages} />
      )}
      <PasskeyLinkScript links={others} context={context} />
    </Layout>
  );
}

function textsOf(view: SecondFactorPage, messages: MessageSet) {
  const isAsking = view.sending?.isSent === false;
  if (view.enrolment) {
    const title = messages.text('factors.enrol.choose', { name: factorName(view, messages) });
    return { title, text: isAsking ? undefined : messages.text('factors.other.text') };
  }
  if (isAsking) return { title: messages.text('factors.emailCode.askTitle'), text: undefined };
  return factorTexts(view, messages);
}

function SignedInAs({ view, messages }: SecondFactorProps) {
  const { userName, clientName, redirectHost } = view;
  return (
    <p class="small soft">
      {messages.rich('factors.signedInAs', { name: <Name of={userName} /> })}{' '}
      {clientName !== undefined && (
        <>
          {messages.text('signIn.continueTo')} <Name of={clientName} fallback={messages.text('client.unnamed')} />
          {redirectHost !== undefined && (
            <>
              {' '}
              (<Host of={redirectHost} />)
            </>
          )}
        </>
      )}
    </p>
  );
}

function CodeForm({ view, messages }: SecondFactorProps) {
  const { factor, notice } = view;
  return (
    <Form target={view} id="second-factor-form" class="stack">
      <CodeField
        label={messages.text('factors.code')}
        isDigits={factor !== 'recovery-code'}
        isWrong={notice === 'wrong_code'}
        takesFocus={notice === undefined}
      />
      {view.canRemember && <RememberChoice messages={messages} />}
      <button id="second-factor-submit" class="button primary" type="submit">
        {messages.text('factors.submit')}
      </button>
    </Form>
  );
}

/** Nothing is sent before the person asks for it. */
function SendForm({ view, messages, isFirst = false }: SecondFactorProps & { readonly isFirst?: boolean }) {
  if (!view.sending) return null;
  return (
    <Form target={view.sending.form} id="send-code-form" class={isFirst ? 'stack' : 'hint'}>
      <button id="send-code" class={isFirst ? 'button primary' : 'text-button'} type="submit">
        {messages.text(isFirst ? 'factors.emailCode.send' : 'factors.emailCode.again')}
      </button>
    </Form>
  );
}

function Refusal({ view, messages }: SecondFactorProps) {
  if (view.notice === undefined) return null;
  const isWait = view.notice === 'too_many_attempts';
  return (
    <Notice
      kind="error"
      id="notice"
      title={messages.text(isWait ? 'factors.failed.title' : 'factors.wrongCode.title')}
      text={
        isWait
          ? messages.text('notice.tooManyAttempts.wait', { wait: waitText(messages, view.retryAfterSeconds ?? 1) })
          : messages.text('factors.wrongCode.text')
      }
    />
  );
}
