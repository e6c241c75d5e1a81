import type { MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { DevMailPage, DevMailboxPage } from '../page-content.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface MailboxProps {
  readonly view: DevMailboxPage;
  readonly messages: MessageSet;
}

/** The mails of a development installation without an SMTP server. */
export function DevMailboxView({ view, messages }: MailboxProps) {
  return (
    <Layout context={view.context} messages={messages} title={messages.text('devMail.title')} width="wide">
      <h1>{messages.text('devMail.title')}</h1>
      <p class="lead">{messages.text('devMail.text')}</p>
      {view.mails.length === 0 ? (
        <p>{messages.text('devMail.none')}</p>
      ) : (
        <ul class="rows sections" id="dev-mails">
          {view.mails.map(({ tenant, kind, to, subject, date, href }) => (
            <li data-mail={kind}>
              <a href={webAddress(href)}>
                <Name of={subject} />
              </a>
              <span>{messages.rich('devMail.to', { to: <bdi>{to}</bdi> })}</span>
              <span class="soft">{messages.rich('devMail.sent', { tenant: <bdi>{tenant}</bdi>, date })}</span>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

interface MailProps {
  readonly view: DevMailPage;
  readonly messages: MessageSet;
}

/** One mail: as HTML in a frame where nothing runs, and as text. */
export function DevMailView({ view, messages }: MailProps) {
  const { subject, from, to, tenant, date, text, link, htmlPath } = view;
  return (
    <Layout context={view.context} messages={messages} title={messages.text('devMail.title')} width="wide">
      <p class="eyebrow">
        <a href={webAddress(view.mailboxPath)}>{messages.text('devMail.back')}</a>
      </p>
      <h1>
        <Name of={subject} />
      </h1>
      <ul class="mail-facts">
        <li>{messages.rich('devMail.from', { from: <bdi>{from}</bdi> })}</li>
        <li>{messages.rich('devMail.to', { to: <bdi>{to}</bdi> })}</li>
        <li class="soft">{messages.rich('devMail.sent', { tenant: <bdi>{tenant}</bdi>, date })}</li>
      </ul>
      {link !== undefined && (
        <p class="mail-link">
          <a id="mail-link" href={webAddress(link)}>
            <bdi dir="ltr">{link}</bdi>
          </a>
        </p>
      )}
      <h2 class="section-title">{messages.text('devMail.html')}</h2>
      <iframe
        class="mail-frame"
        src={webAddress(htmlPath)}
        title={subject}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />
      <h2 class="section-title">{messages.text('devMail.plain')}</h2>
      <pre class="mail-text" id="mail-text" dir="auto" tabIndex={0}>
        {text}
      </pre>
    </Layout>
  );
}
