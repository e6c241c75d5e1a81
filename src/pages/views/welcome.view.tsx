import type { MessageSet } from '../../language/messages.js';
import type { WelcomePage } from '../page-content.js';
import { webAddress } from '../look/web-address.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface WelcomeProps {
  readonly view: WelcomePage;
  readonly messages: MessageSet;
}

/** The start page of a development installation: what runs, where the tenants answer, what to read next. */
export function WelcomeView({ view, messages }: WelcomeProps) {
  return (
    <Layout context={view.context} messages={messages} title={messages.text('welcome.title')} width="wide">
      <p class="eyebrow">Tenantry</p>
      <h1>{messages.text('welcome.title')}</h1>
      <p class="lead">{messages.text('welcome.text')}</p>
      {view.tenants.length > 0 && (
        <>
          <h2 class="section-title">{messages.text('welcome.tenants')}</h2>
          <ul class="rows">
            {view.tenants.map(({ displayName, issuer, discoveryUri }) => (
              <li>
                <strong>
                  <Name of={displayName} />
                </strong>
                <code>{issuer}</code>
                {discoveryUri === undefined ? (
                  <span class="soft">{messages.text('welcome.suspended')}</span>
                ) : (
                  <a href={webAddress(discoveryUri)}>
                    {messages.text('welcome.discovery')}
                    <span class="only-spoken">
                      {' '}
                      <Name of={displayName} />
                    </span>
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {view.topics.length > 0 && (
        <>
          <h2 class="section-title">{messages.text('welcome.topics')}</h2>
          <ul class="rows">
            {view.topics.map(({ title, text, href }) => (
              <li>
                <a href={webAddress(href)}>{title}</a>
                {text !== undefined && <span class="soft">{text}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Layout>
  );
}
