import type { MessageSet } from '../../language/messages.js';
import type { RequestExpiredPage } from '../page-content.js';
import { webAddress } from '../look/web-address.js';
import { RequestReference } from './error.view.js';
import { Layout } from './layout.js';
import { WayBackButton } from './way-back.js';

interface RequestExpiredProps {
  readonly view: RequestExpiredPage;
  readonly messages: MessageSet;
}

const CODE = 'login_required';

/** The person took longer than an authorization request lives; nothing is broken, so the page offers to go on. */
export function RequestExpiredView({ view, messages }: RequestExpiredProps) {
  const startAgain = webAddress(view.startAgainHref);
  return (
    <Layout context={view.context} messages={messages} title={messages.text('expired.title')} isError>
      <div id="error-page" data-error={CODE}>
        <h1>{messages.text('expired.title')}</h1>
        <p class="lead">{messages.text('expired.text')}</p>
        <div class="actions">
          {startAgain !== undefined && (
            <a class="button primary" href={startAgain}>
              {messages.text('expired.startAgain')}
            </a>
          )}
          <WayBackButton back={view.back} messages={messages} isPrimary={startAgain === undefined} />
        </div>
        {view.requestId !== undefined && (
          <RequestReference requestId={view.requestId} code={CODE} messages={messages} />
        )}
      </div>
    </Layout>
  );
}
