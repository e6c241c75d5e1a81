import type { MessageSet } from '../../language/messages.js';
import type { AccountClientsPage, AskedOwnership } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { ClientName, RefusalNotice, StateChip, Value } from './client-parts.js';
import { Form } from './form.js';
import { Name } from './name.js';

interface ClientsProps {
  readonly view: AccountClientsPage;
  readonly messages: MessageSet;
}

/** The clients that a person registers, and those that others ask them to own. */
export function AccountClientsView({ view, messages }: ClientsProps) {
  const { clients, asked, refusal, needsApproval, context } = view;
  const tenant = displayName(context.tenant.displayName);
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('clients.title')} isError={!!refusal}>
      <RefusalNotice refusal={refusal} messages={messages} />
      <p class="soft">
        {needsApproval ? messages.text('clients.textApproval', { tenant }) : messages.text('clients.text')}
      </p>
      {asked.length > 0 && (
        <section id="asked" class="panel" aria-labelledby="asked-title">
          <h2 id="asked-title">{messages.text('clients.asked')}</h2>
          {asked.map((one) => (
            <Asked asked={one} messages={messages} />
          ))}
        </section>
      )}
      {clients.length === 0 ? (
        <div class="panel">
          <p>{messages.text('clients.none')}</p>
        </div>
      ) : (
        <ul class="clients">
          {clients.map(({ href, name, clientId, standing }) => (
            <li>
              <a href={webAddress(href)}>
                <ClientName of={name} messages={messages} />
              </a>
              <StateChip state={standing} messages={messages} />
              <span class="small soft client-id">
                <Value of={clientId} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <WaysOn view={view} messages={messages} />
    </AccountLayout>
  );
}

function WaysOn({ view: { morePath, newPath, mostClients }, messages }: ClientsProps) {
  const more = webAddress(morePath);
  const fresh = webAddress(newPath);
  return (
    <>
      {more !== undefined && (
        <p class="after-list">
          <a id="more-clients" href={more}>
            {messages.text('clients.more')}
          </a>
        </p>
      )}
      {fresh === undefined ? (
        <p class="soft after-list">{messages.text('clients.full', { count: mostClients })}</p>
      ) : (
        <p class="after-list">
          <a id="new-client" class="button primary" href={fresh}>
            {messages.text('clients.new')}
          </a>
        </p>
      )}
    </>
  );
}

function Asked({ asked, messages }: { readonly asked: AskedOwnership; readonly messages: MessageSet }) {
  const { name, askedBy, isTransfer, expiresAt, accept, decline } = asked;
  const values = { name: <Name of={askedBy} />, client: <ClientName of={name} messages={messages} /> };
  return (
    <div class="asked">
      <p>{messages.rich(isTransfer ? 'clients.transferText' : 'clients.askedText', values)}</p>
      <p class="small soft">{messages.text('clients.askedUntil', { date: expiresAt })}</p>
      <div class="row-actions">
        <Form target={accept}>
          <button class="button compact" type="submit">
            {messages.text('clients.accept')}
          </button>
        </Form>
        <Form target={decline}>
          <button class="button compact" type="submit">
            {messages.text('clients.decline')}
          </button>
        </Form>
      </div>
    </div>
  );
}
