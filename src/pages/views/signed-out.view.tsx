import type { MessageSet } from '../../language/messages.js';
import type { SignedOutPage } from '../page-content.js';
import { webAddress } from '../look/web-address.js';
import { Icon } from './icon.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { WayBackButton } from './way-back.js';

interface SignedOutProps {
  readonly view: SignedOutPage;
  readonly messages: MessageSet;
}

/** The session has ended; says which applications could not be told. */
export function SignedOutView({ view, messages }: SignedOutProps) {
  const { context } = view;
  const signIn = webAddress(view.signInPath);
  return (
    <Layout context={context} messages={messages} title={messages.text('signedOut.title')}>
      <div id="logged-out">
        <h1>{messages.text('signedOut.title')}</h1>
        <p class="lead">{messages.rich('signedOut.text', { tenant: <Name of={context.tenant.displayName} /> })}</p>
        <Applications view={view} messages={messages} />
        <p>{messages.text('signedOut.shared')}</p>
        <div class="actions">
          <WayBackButton back={view.back} messages={messages} isPrimary />
          {signIn !== undefined && (
            <a class="button" href={signIn}>
              {messages.text('signedOut.signInAgain')}
            </a>
          )}
        </div>
      </div>
    </Layout>
  );
}

function Applications({ view: { applications = [] }, messages }: SignedOutProps) {
  if (applications.length === 0) return null;
  return (
    <section class="panel">
      <h2 class="scope-heading">{messages.text('signedOut.applications')}</h2>
      <ul class="outcomes">
        {applications.map(({ name, wasNotified }) => (
          <li>
            <Name of={name} fallback={messages.text('client.unnamed')} />
            <span class={wasNotified ? 'trust good' : 'trust warn'}>
              <Icon name={wasNotified ? 'check' : 'alert'} />
              <span>{messages.text(wasNotified ? 'signedOut.notified' : 'signedOut.failed')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
