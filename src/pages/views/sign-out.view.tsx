import type { MessageSet } from '../../language/messages.js';
import type { SignOutPage } from '../page-content.js';
import { webAddress } from '../look/web-address.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

/** One question, asked when the request to sign out cannot be trusted (OpenID Connect RP-Initiated Logout §2). */
export function SignOutView({ view, messages }: { readonly view: SignOutPage; readonly messages: MessageSet }) {
  const { context, userName, clientName } = view;
  const stay = webAddress(view.stayPath);
  return (
    <Layout context={context} messages={messages} title={messages.text('signOut.title')}>
      <h1>{messages.rich('signOut.heading', { tenant: <Name of={context.tenant.displayName} /> })}</h1>
      <p class="lead">
        {clientName !== undefined && (
          <>
            {messages.rich('signOut.byClient', {
              client: <Name of={clientName} fallback={messages.text('client.unnamed')} />,
            })}{' '}
          </>
        )}
        {userName !== undefined && messages.rich('signOut.signedInAs', { name: <Name of={userName} /> })}
      </p>
      <p>{messages.text('signOut.text')}</p>
      <Form target={view} class="actions">
        {stay !== undefined && (
          <a class="button" href={stay}>
            {messages.text('signOut.stay')}
          </a>
        )}
        <button id="logout-confirm" class="button primary" type="submit">
          {messages.text('signOut.confirm')}
        </button>
      </Form>
    </Layout>
  );
}
