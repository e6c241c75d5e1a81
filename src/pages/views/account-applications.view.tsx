import type { MessageSet } from '../../language/messages.js';
import type { AccountApplicationsPage, AllowedApplication } from '../account-content.js';
import { AccountLayout } from './account-layout.js';
import { Avatar } from './avatar.js';
import { Form } from './form.js';
import { Name } from './name.js';
import { ScopeList } from './scope-list.js';

interface ApplicationsProps {
  readonly view: AccountApplicationsPage;
  readonly messages: MessageSet;
}

/** What a person has allowed whom, and a way to take it back. */
export function AccountApplicationsView({ view, messages }: ApplicationsProps) {
  const { applications } = view;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('account.applications')}>
      {applications.length === 0 ? (
        <div class="panel">
          <p>{messages.text('account.none')}</p>
          <p class="small soft">{messages.text('account.noneText')}</p>
        </div>
      ) : (
        <>
          <p class="soft">{messages.text('account.applicationsText')}</p>
          <ul class="applications">
            {applications.map((application) => (
              <Application application={application} messages={messages} />
            ))}
          </ul>
        </>
      )}
    </AccountLayout>
  );
}

function Application(props: { readonly application: AllowedApplication; readonly messages: MessageSet }) {
  const { application, messages } = props;
  const { name, allowedAt, lastUsedAt } = application;
  const client = <Name of={name} fallback={messages.text('client.unnamed')} />;
  return (
    <li class="application">
      <div class="application-head">
        <Avatar name={name} logoPath={application.logoPath} messages={messages} />
        <div class="application-name">
          <h2>{client}</h2>
          {allowedAt !== undefined && (
            <p class="small soft">{messages.text('account.allowedOn', { date: allowedAt })}</p>
          )}
          {lastUsedAt !== undefined && (
            <p class="small soft">{messages.text('account.lastSeenAt', { date: lastUsedAt })}</p>
          )}
        </div>
        <Form target={application.withdraw}>
          <button class="button compact" type="submit">
            <span aria-hidden="true">{messages.text('account.withdraw')}</span>
            <span class="only-spoken">{messages.rich('account.withdrawFrom', { client })}</span>
          </button>
        </Form>
      </div>
      <ScopeList groups={application.scopeGroups} messages={messages} headingLevel={3} />
    </li>
  );
}
