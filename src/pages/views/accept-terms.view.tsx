import type { MessageSet } from '../../language/messages.js';
import { displayName } from '../look/display-text.js';
import { foreignAddress } from '../look/web-address.js';
import type { AcceptTermsPage } from '../sign-up-content.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface TermsProps {
  readonly view: AcceptTermsPage;
  readonly messages: MessageSet;
}

/** The terms have another version than the one that the person accepted. */
export function AcceptTermsView({ view, messages }: TermsProps) {
  const { context, version } = view;
  const title = messages.text('terms.title', { tenant: displayName(context.tenant.displayName) });
  const terms = foreignAddress(view.uri);
  return (
    <Layout context={context} messages={messages} title={title}>
      <h1>{title}</h1>
      <p class="lead">{messages.text('terms.text')}</p>
      <p class="small soft">{messages.rich('terms.version', { version: <Name of={version} /> })}</p>
      {terms !== undefined && (
        <p>
          <a href={terms} target="_blank" rel="noreferrer noopener">
            {messages.text('terms.read')}
          </a>
        </p>
      )}
      <Form target={view} id="terms-form">
        <div class="decision">
          <button id="terms-decline" class="button" type="submit" name="decision" value="decline">
            {messages.text('terms.decline')}
          </button>
          <button id="terms-accept" class="button primary" type="submit" name="decision" value="accept">
            {messages.text('terms.accept')}
          </button>
        </div>
      </Form>
    </Layout>
  );
}
