import type { MessageSet } from '../../language/messages.js';
import type { FormPostPage } from '../page-content.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

/** By the prototype's method: a field named `submit` would hide the form's own. */
const SELF_SUBMIT = "HTMLFormElement.prototype.submit.call(document.getElementById('form-post'))";

/** OAuth 2.0 Form Post Response Mode §2: the browser carries the response to the client in a form. */
export function FormPostView({ view, messages }: { readonly view: FormPostPage; readonly messages: MessageSet }) {
  const { context, clientName } = view;
  const client = clientName !== undefined && <Name of={clientName} fallback={messages.text('client.unnamed')} />;
  return (
    <Layout context={context} messages={messages} title={messages.text('formPost.title')}>
      <h1>{messages.text('formPost.title')}</h1>
      <p class="lead">{client ? messages.rich('formPost.text', { client }) : messages.text('formPost.textPlain')}</p>
      <p>{messages.text('formPost.byHand')}</p>
      <Form target={{ action: view.action, hidden: view.fields }} id="form-post" class="stack">
        <button class="button primary" type="submit">
          {messages.text('formPost.submit')}
        </button>
      </Form>
      <script nonce={context.nonce} dangerouslySetInnerHTML={{ __html: SELF_SUBMIT }} />
    </Layout>
  );
}
