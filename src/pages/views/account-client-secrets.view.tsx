import type { MessageSet } from '../../language/messages.js';
import type { AccountClientSecretsPage } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { AccountLayout } from './account-layout.js';
import { BackLink, RefusalNotice } from './client-parts.js';
import { Form } from './form.js';

interface SecretsProps {
  readonly view: AccountClientSecretsPage;
  readonly messages: MessageSet;
}

/** The secrets of a client; the one that was made now is shown, this once. */
export function AccountClientSecretsView({ view, messages }: SecretsProps) {
  const { name, secrets, add, made, refusal, backPath } = view;
  const client = displayName(name, messages.text('client.unnamed'));
  const title = messages.text('clients.secretsTitle', { client });
  return (
    <AccountLayout view={view} messages={messages} title={title} isError={!!refusal}>
      <RefusalNotice refusal={refusal} messages={messages} />
      {made !== undefined && (
        <section class="panel" id="made" role="status" tabIndex={-1} autofocus aria-labelledby="made-title">
          <h2 id="made-title">{messages.text('clients.secretShown')}</h2>
          <p class="secret-line">
            <span class="small soft">{messages.text('clients.secretLabel')}</span>{' '}
            <code id="client-secret" class="secret">
              {made}
            </code>
          </p>
          <p>{messages.text('clients.secretShownText')}</p>
        </section>
      )}
      <p class="soft">{messages.text(secrets.length === 0 ? 'clients.secretNone' : 'clients.secretsText')}</p>
      {secrets.length > 0 && (
        <ul id="secrets" class="places">
          {secrets.map(({ createdAt, isNew, end }) => (
            <li class="place">
              <div class="application-head">
                <p class="application-name">
                  {messages.text('clients.secretMade', { date: createdAt })}{' '}
                  {isNew && <span class="chip new">{messages.text('clients.secretNew')}</span>}
                </p>
                <Form target={end}>
                  <button class="button compact" type="submit">
                    <span aria-hidden="true">{messages.text('clients.secretEnd')}</span>
                    <span class="only-spoken">{messages.text('clients.secretEndOf', { date: createdAt })}</span>
                  </button>
                </Form>
              </div>
            </li>
          ))}
        </ul>
      )}
      {add && (
        <Form target={add} class="after-list">
          <button id="add-secret" class={secrets.length === 0 ? 'button primary' : 'button'} type="submit">
            {messages.text('clients.secretAdd')}
          </button>
        </Form>
      )}
      <BackLink path={backPath} name={name} messages={messages} />
    </AccountLayout>
  );
}
