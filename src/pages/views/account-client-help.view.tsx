import type { MessageSet } from '../../language/messages.js';
import type { AccountClientRedirectsPage, AccountClientSnippetsPage, MarkedText } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { formTarget, webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { BackLink } from './client-parts.js';
import { differenceText } from './fault-text.js';
import { Notice } from './notice.js';

interface RedirectsProps {
  readonly view: AccountClientRedirectsPage;
  readonly messages: MessageSet;
}

const ADDRESS_MAX_LENGTH = 2000;

/** Says whether a redirect URI is accepted, and otherwise which character differs. */
export function AccountClientRedirectsView({ view, messages }: RedirectsProps) {
  const { name, action, entered, matches, comparisons, backPath } = view;
  return (
    <AccountLayout
      view={view}
      messages={messages}
      title={messages.text('clients.redirects')}
      isError={matches === false}
    >
      {matches !== undefined && (
        <Notice
          kind={matches ? 'info' : 'error'}
          id="notice-tested"
          title={messages.text(matches ? 'clients.redirectsYes' : 'clients.redirectsNo')}
          text={messages.text(matches ? 'clients.redirectsYesText' : 'clients.redirectsNoText')}
        />
      )}
      <p class="soft">{messages.text('clients.redirectsText')}</p>
      <form id="redirects-form" class="stack" method="get" action={formTarget(action)}>
        <div class="field">
          <label for="redirect_uri">{messages.text('clients.redirectsLabel')}</label>
          <input
            id="redirect_uri"
            name="redirect_uri"
            type="text"
            dir="ltr"
            inputMode="url"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={entered}
            maxLength={ADDRESS_MAX_LENGTH}
            required
            aria-invalid={matches === false ? true : undefined}
            aria-describedby={matches === undefined ? undefined : 'notice-tested'}
          />
        </div>
        <button id="redirects-submit" class="button primary" type="submit">
          {messages.text('clients.redirectsSubmit')}
        </button>
      </form>
      {matches === false && <Comparisons comparisons={comparisons} messages={messages} />}
      <BackLink path={backPath} name={name} messages={messages} />
    </AccountLayout>
  );
}

function Comparisons(props: Pick<AccountClientRedirectsPage, 'comparisons'> & { readonly messages: MessageSet }) {
  const { comparisons, messages } = props;
  return (
    <ul id="comparisons" class="places">
      {comparisons.map(({ registered, given, part, position, registeredCharacter, givenCharacter, reason }) => (
        <li class="place">
          <dl class="compared">
            <Marked
              label={messages.text('clients.redirectsRegistered')}
              text={registered}
              character={registeredCharacter}
              messages={messages}
            />
            <Marked
              label={messages.text('clients.redirectsGiven')}
              text={given}
              character={givenCharacter}
              messages={messages}
            />
          </dl>
          <p>{messages.text('clients.redirectsWhere', { position, part })}</p>
          <p class="small soft">{differenceText(reason, messages)}</p>
        </li>
      ))}
    </ul>
  );
}

interface MarkedProps {
  readonly label: string;
  readonly text: MarkedText;
  readonly character: string | undefined;
  readonly messages: MessageSet;
}

function Marked({ label, text, character, messages }: MarkedProps) {
  const { before, mark, after } = text;
  return (
    <div>
      <dt class="small soft">{label}</dt>
      <dd>
        <code class="marked">
          {visible(before)}
          <mark>{mark === '' ? ' ' : visible(mark) || '·'}</mark>
          {visible(after)}
        </code>
        <span class="small soft">
          {character === undefined ? messages.text('clients.redirectsEnds') : <bdi>{visible(character)}</bdi>}
        </span>
      </dd>
    </div>
  );
}

/** What turns the reading direction or cannot be seen is left out here; its name stands below. */
function visible(text: string): string {
  return displayName(text, '', ADDRESS_MAX_LENGTH);
}

interface SnippetsProps {
  readonly view: AccountClientSnippetsPage;
  readonly messages: MessageSet;
}

/** Code for the library that the person chooses, with the values of the client. */
export function AccountClientSnippetsView({ view, messages }: SnippetsProps) {
  const { name, libraries, snippet, backPath } = view;
  const client = displayName(name, messages.text('client.unnamed'));
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('clients.snippetsTitle', { client })}>
      {snippet === undefined ? (
        <div class="panel">
          <p>{messages.text('clients.snippetsNone')}</p>
        </div>
      ) : (
        <>
          <p class="soft">{messages.text('clients.snippetsText')}</p>
          <nav class="libraries" aria-label={messages.text('clients.libraries')}>
            <ul>
              {libraries.map(({ title, language, href, isShown }) => (
                <li>
                  <a href={webAddress(href)} aria-current={isShown ? 'true' : undefined}>
                    <bdi>{title}</bdi> <span class="small soft">{language}</span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <Code snippet={snippet} messages={messages} />
        </>
      )}
      <BackLink path={backPath} name={name} messages={messages} />
    </AccountLayout>
  );
}

function Code(props: {
  readonly snippet: NonNullable<AccountClientSnippetsPage['snippet']>;
  readonly messages: MessageSet;
}) {
  const { snippet, messages } = props;
  const { install, file, secretVariable } = snippet;
  return (
    <>
      {install !== undefined && (
        <>
          <h2 class="section-heading">{messages.text('clients.install')}</h2>
          <CodeBlock id="install" label={messages.text('clients.install')} text={install} />
        </>
      )}
      <h2 class="section-heading">
        <code>{file.name}</code>
      </h2>
      <CodeBlock id="code" label={file.name} text={file.text} />
      {secretVariable !== undefined && (
        <p id="secret-hint">{messages.rich('clients.secretHint', { variable: <code>{secretVariable}</code> })}</p>
      )}
    </>
  );
}

/** Long lines are scrolled, also with the keyboard. */
function CodeBlock({ id, label, text }: { readonly id: string; readonly label: string; readonly text: string }) {
  return (
    <pre id={id} class="code" dir="ltr" tabIndex={0} role="region" aria-label={label}>
      <code>{text.trimEnd()}</code>
    </pre>
  );
}
