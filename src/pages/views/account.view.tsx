import type { MessageSet } from '../../language/messages.js';
import type { AccountPage } from '../account-content.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout, SectionRows } from './account-layout.js';
import { Icon } from './icon.js';

interface AccountProps {
  readonly view: AccountPage;
  readonly messages: MessageSet;
}

/** What a person should see to, and what their account consists of. */
export function AccountView({ view, messages }: AccountProps) {
  const { attention, sections } = view;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('account.title')}>
      {attention.length > 0 && (
        <section class="panel attention" id="attention">
          <h2>{messages.text('account.attention')}</h2>
          <ul>
            {attention.map(({ href, text }) => (
              <li>
                <Icon name="alert" />
                <a href={webAddress(href)}>{text(messages)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <SectionRows rows={sections} messages={messages} />
    </AccountLayout>
  );
}
