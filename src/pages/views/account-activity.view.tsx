import type { MessageSet } from '../../language/messages.js';
import type { AccountActivityPage, ActivityEntry } from '../account-content.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { Name } from './name.js';

interface ActivityProps {
  readonly view: AccountActivityPage;
  readonly messages: MessageSet;
}

/** What happened to the account, newest first. */
export function AccountActivityView({ view, messages }: ActivityProps) {
  const { entries } = view;
  const older = webAddress(view.olderPath);
  const newest = webAddress(view.newestPath);
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('activity.title')}>
      <p class="soft">{messages.text('activity.text')}</p>
      {entries.length === 0 ? (
        <p class="panel">{messages.text('activity.none')}</p>
      ) : (
        <ul class="rows" id="events">
          {entries.map((entry) => (
            <Entry entry={entry} messages={messages} />
          ))}
        </ul>
      )}
      <ul class="link-list">
        {newest !== undefined && (
          <li>
            <a href={newest}>{messages.text('activity.newest')}</a>
          </li>
        )}
        {older !== undefined && (
          <li>
            <a id="older" href={older}>
              {messages.text('activity.older')}
            </a>
          </li>
        )}
      </ul>
    </AccountLayout>
  );
}

function Entry({ entry, messages }: { readonly entry: ActivityEntry; readonly messages: MessageSet }) {
  const { type, occurredAt, clientName, address, isByOthers } = entry;
  return (
    <li data-event={type}>
      <span class="soft small">{messages.text('activity.moment', { date: occurredAt })}</span>
      <span>
        {messages.text(`activity.${type}`)}
        {clientName !== undefined && (
          <>
            {' · '}
            <Name of={clientName} fallback={messages.text('client.unnamed')} />
          </>
        )}
        {isByOthers && <span class="chip">{messages.text('activity.byOthers')}</span>}
      </span>
      {address !== undefined && (
        <bdi class="soft small" dir="ltr">
          {address}
        </bdi>
      )}
    </li>
  );
}
