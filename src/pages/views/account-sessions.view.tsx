import type { MessageSet } from '../../language/messages.js';
import type { AccountSessionsPage, SignedInPlace } from '../account-content.js';
import { deviceName } from '../look/device-name.js';
import { AccountLayout } from './account-layout.js';
import { Form } from './form.js';

interface SessionsProps {
  readonly view: AccountSessionsPage;
  readonly messages: MessageSet;
}

/** Where the person is signed in, this browser first, and a way to end what they do not know. */
export function AccountSessionsView({ view, messages }: SessionsProps) {
  const { places, endOthers } = view;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('account.places')}>
      <p class="soft">{messages.text('account.placesText')}</p>
      <ul class="places" id="sessions">
        {places.map((place) => (
          <Place place={place} messages={messages} />
        ))}
      </ul>
      {endOthers !== undefined && (
        <Form target={endOthers} class="after-list">
          <button id="end-other-sessions" class="button compact" type="submit">
            {messages.text('account.endOthers')}
          </button>
        </Form>
      )}
    </AccountLayout>
  );
}

function Place({ place, messages }: { readonly place: SignedInPlace; readonly messages: MessageSet }) {
  const { userAgent, address, signedInAt, lastSeenAt, end } = place;
  const device = deviceName(userAgent, messages);
  return (
    <li class="place">
      <div class="application-head">
        <div class="application-name">
          <h2>
            {device} {end === undefined && <span class="chip new">{messages.text('account.thisBrowser')}</span>}
          </h2>
          <p class="small soft">{messages.text('account.signedInAt', { date: signedInAt })}</p>
          {end !== undefined && <p class="small soft">{messages.text('account.lastSeenAt', { date: lastSeenAt })}</p>}
          {address !== undefined && (
            <p class="small soft">
              <bdi dir="ltr">{address}</bdi>
            </p>
          )}
        </div>
        {end !== undefined && (
          <Form target={end}>
            <button class="button compact" type="submit">
              <span aria-hidden="true">{messages.text('account.endSession')}</span>
              <span class="only-spoken">{messages.text('account.endSessionOf', { device })}</span>
            </button>
          </Form>
        )}
      </div>
    </li>
  );
}
