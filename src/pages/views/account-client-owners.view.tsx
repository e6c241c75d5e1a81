import type { MessageSet } from '../../language/messages.js';
import type { AccountClientOwnersPage } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { AccountLayout } from './account-layout.js';
import { BackLink, RefusalNotice } from './client-parts.js';
import { Form } from './form.js';
import { Name } from './name.js';

interface OwnersProps {
  readonly view: AccountClientOwnersPage;
  readonly messages: MessageSet;
}

const NAME_MAX_LENGTH = 254;

/** Who owns a client, who was asked to, and asking somebody. */
export function AccountClientOwnersView({ view, messages }: OwnersProps) {
  const { name, refusal, backPath } = view;
  const client = displayName(name, messages.text('client.unnamed'));
  return (
    <AccountLayout
      view={view}
      messages={messages}
      title={messages.text('clients.ownersTitle', { client })}
      isError={!!refusal}
    >
      <RefusalNotice refusal={refusal} messages={messages} />
      <p class="soft">{messages.text('clients.ownersText')}</p>
      <Owners view={view} messages={messages} />
      <Asked view={view} messages={messages} />
      <Ask view={view} messages={messages} />
      <BackLink path={backPath} name={name} messages={messages} />
    </AccountLayout>
  );
}

function Owners({ view: { owners }, messages }: OwnersProps) {
  return (
    <ul id="owners" class="places">
      {owners.map(({ username, since, isReader, isEnabled, remove }) => (
        <li class="place">
          <div class="application-head">
            <div class="application-name">
              <h2>
                <Name of={username} /> {isReader && <span class="chip">{messages.text('clients.ownerYou')}</span>}
                {!isEnabled && <span class="chip bad">{messages.text('clients.ownerDisabled')}</span>}
              </h2>
              <p class="small soft">{messages.text('clients.ownerSince', { date: since })}</p>
            </div>
            {remove && (
              <Form target={remove}>
                <button class="button compact" type="submit">
                  {isReader ? (
                    messages.text('clients.ownerLeave')
                  ) : (
                    <>
                      <span aria-hidden="true">{messages.text('clients.ownerRemove')}</span>
                      <span class="only-spoken">
                        {messages.rich('clients.ownerRemoveOf', { name: <Name of={username} /> })}
                      </span>
                    </>
                  )}
                </button>
              </Form>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Asked({ view: { asked }, messages }: OwnersProps) {
  if (asked.length === 0) return null;
  return (
    <>
      <h2 class="section-title">{messages.text('clients.asking')}</h2>
      <ul id="asked" class="places">
        {asked.map(({ invited, isTransfer, expiresAt, withdraw }) => (
          <li class="place">
            <div class="application-head">
              <div class="application-name">
                <h3>
                  <Name of={invited} />{' '}
                  {isTransfer && <span class="chip new">{messages.text('clients.askingTransfer')}</span>}
                </h3>
                <p class="small soft">{messages.text('clients.askedUntil', { date: expiresAt })}</p>
              </div>
              <Form target={withdraw}>
                <button class="button compact" type="submit">
                  <span aria-hidden="true">{messages.text('clients.askNoLonger')}</span>
                  <span class="only-spoken">
                    {messages.rich('clients.askNoLongerOf', { name: <Name of={invited} /> })}
                  </span>
                </button>
              </Form>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Ask({ view: { ask, entered, refusal }, messages }: OwnersProps) {
  return (
    <>
      <h2 class="section-title">{messages.text('clients.ask')}</h2>
      <Form target={ask} id="ask-form" class="stack">
        <div class="field">
          <label for="user">{messages.text('clients.askUser')}</label>
          <input
            id="user"
            name="user"
            type="text"
            dir="auto"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={entered}
            maxLength={NAME_MAX_LENGTH}
            required
            aria-describedby={refusal === 'name' ? 'notice-refused user-hint' : 'user-hint'}
            aria-invalid={refusal === 'name' ? true : undefined}
          />
          <p id="user-hint" class="small soft">
            {messages.text('clients.askHint')}
          </p>
        </div>
        <div class="tick">
          <input id="transfer" name="transfer" type="checkbox" value="on" />
          <label for="transfer">{messages.text('clients.askTransfer')}</label>
        </div>
        <button id="ask-submit" class="button" type="submit">
          {messages.text('clients.askSubmit')}
        </button>
      </Form>
    </>
  );
}
