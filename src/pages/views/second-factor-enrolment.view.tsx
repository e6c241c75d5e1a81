import type { MessageSet } from '../../language/messages.js';
import type { SecondFactorEnrolmentPage } from '../second-factor-content.js';
import { webAddress } from '../look/web-address.js';
import { factorName } from './factor-texts.js';
import { Form } from './form.js';
import { Layout } from './layout.js';

interface EnrolmentProps {
  readonly view: SecondFactorEnrolmentPage;
  readonly messages: MessageSet;
}

/** Why, what there is, and the way on without where the person may decide. */
export function SecondFactorEnrolmentView({ view, messages }: EnrolmentProps) {
  const title = messages.text('factors.enrol.title');
  return (
    <Layout context={view.context} messages={messages} title={title}>
      <h1>{title}</h1>
      <p class="lead">{messages.text('factors.enrol.text')}</p>
      <div class="stack" id="enrolment-choices">
        {view.choices.map(({ factor, href }, index) => (
          <div class="field">
            <a class={index === 0 ? 'button primary' : 'button'} href={webAddress(href)} id={`enrol-${factor}`}>
              {messages.text('factors.enrol.choose', { name: factorName(factor, messages) })}
            </a>
            {factor === 'totp' && <p class="small soft">{messages.text('factors.enrol.totpText')}</p>}
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
    </Layout>
  );
}
