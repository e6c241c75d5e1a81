import type { MessageSet } from '../../language/messages.js';
import type { SecondFactorEnrolmentPage } from '../second-factor-content.js';
import { webAddress } from '../look/web-address.js';
import { factorName } from './factor-texts.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { NotYou } from './other-ways.js';
import { PasskeyLinkScript, shownWithPasskeys } from './passkey-parts.js';

interface EnrolmentProps {
  readonly view: SecondFactorEnrolmentPage;
  readonly messages: MessageSet;
}

/**
 * Why, what there is, and the way on without where the person may decide. A passkey is offered where the browser can make
 * one; where there is nothing else, the page says what is needed.
 */
export function SecondFactorEnrolmentView({ view, messages }: EnrolmentProps) {
  const title = messages.text('factors.enrol.title');
  const onlyWithPasskeys = shownWithPasskeys(view.choices);
  return (
    <Layout context={view.context} messages={messages} title={title}>
      <h1>{title}</h1>
      <p class="lead">{messages.text('factors.enrol.text')}</p>
      {onlyWithPasskeys.hidden && (
        <p class="panel" data-passkey-missing>
          {messages.text('factors.enrol.needsScript')}
        </p>
      )}
      <div class="stack" id="enrolment-choices" {...onlyWithPasskeys}>
        {view.choices.map((choice, index) => (
          <div class="field" {...shownWithPasskeys([choice])}>
            <a
              class={index === 0 ? 'button primary' : 'button'}
              href={webAddress(choice.href)}
              id={`enrol-${choice.factor}`}
            >
              {messages.text('factors.enrol.choose', { name: factorName(choice, messages) })}
            </a>
            {choice.factor === 'totp' && <p class="small soft">{messages.text('factors.enrol.totpText')}</p>}
          </div>
        ))}
      </div>
      {view.skip && (
        <Form target={view.skip} id="skip-form" class="hint">
          <button id="skip" class="text-button" type="submit">
            {messages.text('factors.enrol.skip')}
          </button>
        </Form>
      )}
      <NotYou target={view.switchAccount} messages={messages} />
      <PasskeyLinkScript links={view.choices} context={view.context} />
    </Layout>
  );
}
