import type { MessageSet } from '../../language/messages.js';
import type { AccountSecurityPage } from '../account-content.js';
import { foreignAddress } from '../look/web-address.js';
import { AccountLayout, SectionRows } from './account-layout.js';

interface SecurityProps {
  readonly view: AccountSecurityPage;
  readonly messages: MessageSet;
}

/** How a person proves who they are. */
export function AccountSecurityView({ view, messages }: SecurityProps) {
  const reset = foreignAddress(view.context.tenant.branding.links?.passwordResetUri);
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('account.security')}>
      <SectionRows rows={view.sections} messages={messages} />
      {reset !== undefined && (
        <ul class="link-list">
          <li>
            <a href={reset}>{messages.text('signIn.forgotPassword')}</a>
          </li>
        </ul>
      )}
    </AccountLayout>
  );
}
