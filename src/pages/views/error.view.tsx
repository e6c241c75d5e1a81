import { displayName } from '../look/display-text.js';
import { shownErrorCode, errorTexts } from '../error-texts.js';
import type { MessageSet } from '../language/messages.js';
import type { ErrorPage } from '../page-content.js';
import { waitText } from '../wait.js';
import { Layout } from './layout.js';
import { WayBackButton } from './way-back.js';

interface ErrorProps {
  readonly view: ErrorPage;
  readonly messages: MessageSet;
}

/** What happened, who can change it, what to quote. Fixed texts: nothing the request carried is shown. */
export function ErrorView({ view, messages }: ErrorProps) {
  const { title, text, advice } = errorTexts(view);
  const code = shownErrorCode(view.error);
  const { retryAfterSeconds } = view;
  const help =
    retryAfterSeconds === undefined
      ? messages.text(advice)
      : messages.text('error.wait', { wait: waitText(messages, retryAfterSeconds) });
  return (
    <Layout context={view.context} messages={messages} title={messages.text(title)} isError>
      <div id="error-page" data-error={code}>
        <h1>{messages.text(title)}</h1>
        <p class="lead">{messages.text(text)}</p>
        <h2 class="section-heading">{messages.text('error.whoCanHelp')}</h2>
        <p>{help}</p>
        <RequestReference requestId={view.requestId} code={code} messages={messages} />
        <div class="actions">
          <WayBackButton back={view.back} messages={messages} isPrimary />
        </div>
      </div>
    </Layout>
  );
}

interface RequestReferenceProps {
  readonly requestId: string;
  readonly code: string;
  readonly messages: MessageSet;
}

/** For the support team: a number to look up and the code that developers know. */
export function RequestReference({ requestId, code, messages }: RequestReferenceProps) {
  return (
    <dl class="reference">
      <div>
        <dt>{messages.text('error.requestId')}</dt>
        <dd>
          <code>{displayName(requestId)}</code>
        </dd>
      </div>
      <div>
        <dt>{messages.text('error.code')}</dt>
        <dd>
          <code>{code}</code>
        </dd>
      </div>
    </dl>
  );
}
