import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { PasskeyStepPage } from '../second-factor-content.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { NotYou, OtherWays, RememberChoice } from './other-ways.js';
import { PasskeyScript, PasskeyTrouble } from './passkey-parts.js';

interface PasskeyStepProps {
  readonly view: PasskeyStepPage;
  readonly messages: MessageSet;
}

/** A passkey as a second factor: it is asked for, or added. Without JavaScript there are the other ways. */
export function PasskeyStepView({ view, messages }: PasskeyStepProps) {
  const { context, kind, notice, elsewhere, userName, others } = view;
  const isChallenge = kind === 'challenge';
  const title = messages.text(isChallenge ? 'factors.passkey.title' : 'passkeys.add');
  const back = webAddress(view.backHref);
  return (
    <Layout context={context} messages={messages} title={title} isError={notice !== undefined}>
      <h1>{title}</h1>
      <p class="lead">{messages.text(isChallenge ? 'factors.passkey.text' : 'passkeys.text')}</p>
      <p class="small soft">{messages.rich('factors.signedInAs', { name: <Name of={userName} /> })}</p>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('notice.passkeyRefused.title')}
          text={messages.text(`passkeys.refused.${notice}`)}
        />
      )}
      {elsewhere !== undefined && (
        <p class="panel">{messages.text('factors.passkey.elsewhere', { hosts: messages.list(elsewhere) })}</p>
      )}
      {elsewhere === undefined && <Ceremony view={view} messages={messages} />}
      <OtherWays others={others} messages={messages} />
      {back !== undefined && (
        <p class="hint">
          <a href={back}>{messages.text('factors.anotherWay')}</a>
        </p>
      )}
      {view.switchAccount && <NotYou target={view.switchAccount} messages={messages} />}
    </Layout>
  );
}

function Ceremony({ view, messages }: PasskeyStepProps) {
  const isChallenge = view.kind === 'challenge';
  return (
    <>
      <p class="panel" data-passkey-missing>
        {messages.text('factors.passkey.needsScript')}
      </p>
      <div data-passkey-shown hidden>
        <PasskeyTrouble messages={messages} />
        <Form
          target={view}
          id="passkey-form"
          class="stack"
          data={{ 'data-passkey': isChallenge ? 'get' : 'create', 'data-options': view.optionsPath }}
        >
          <input type="hidden" name="credential" value="" />
          {view.canRemember && <RememberChoice messages={messages} />}
          <button id="passkey-submit" class="button primary" type="button" data-passkey-start>
            {messages.text(isChallenge ? 'factors.passkey.use' : 'passkeys.add')}
          </button>
        </Form>
      </div>
      <PasskeyScript context={view.context} path={view.scriptPath} signals={[]} />
    </>
  );
}
