import { displayName } from '../look/display-text.js';
import { shownErrorCode, errorTexts } from '../error-texts.js';
import type { MessageSet } from '../../language/messages.js';
import type { ErrorPage } from '../page-content.js';
import { webAddress } from '../look/web-address.js';
import { waitText } from '../wait.js';
import { Layout } from './layout.js';
import { WayBackButton } from './way-back.js';

interface ErrorProps {
  readonly view: ErrorPage;
  readonly messages: MessageSet;
}

/** As much as the audit log keeps of an address. */
const DETAIL_MAX_LENGTH = 320;

/**
 * What happened, who can change it, what to quote, where to go. Fixed texts: nothing the request carried is shown, except
 * to developers.
 */
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
        <Details view={view} messages={messages} />
        <RequestReference requestId={view.requestId} code={code} messages={messages} />
        <WaysOn view={view} messages={messages} />
      </div>
    </Layout>
  );
}

/** Where to go from here: the same again, the application, the person's account. The first one stands out. */
function WaysOn({ view: { againHref, back, home }, messages }: ErrorProps) {
  const again = webAddress(againHref);
  const canGoBack = webAddress(back?.href) !== undefined;
  const homeHref = webAddress(home?.href);
  const isHomeFirst = again === undefined && !canGoBack;
  return (
    <div class="actions">
      {again !== undefined && (
        <a class="button primary" href={again}>
          {messages.text('error.again')}
        </a>
      )}
      <WayBackButton back={back} messages={messages} isPrimary={again === undefined} />
      {homeHref !== undefined && (
        <a class={isHomeFirst ? 'button primary' : 'button'} href={homeHref}>
          {messages.text(home?.isSignedIn ? 'error.toAccount' : 'error.toSignIn')}
        </a>
      )}
    </div>
  );
}

/** What the developer of the application needs. It is there in development only. */
function Details({ view: { details = [] }, messages }: ErrorProps) {
  if (details.length === 0) return null;
  return (
    <section class="panel">
      <h2 class="scope-heading">{messages.text('error.details')}</h2>
      <dl class="details">
        {details.map(({ name, values }) => (
          <div>
            <dt>{name}</dt>
            {values.map((value) => (
              <dd>
                <code dir="ltr">{displayName(value, '', DETAIL_MAX_LENGTH)}</code>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
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
