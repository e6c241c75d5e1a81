import type { MessageSet } from '../language/messages.js';
import type { AccountPage, AllowedApplication } from '../page-content.js';
import { Avatar } from './avatar.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { ScopeList } from './scope-list.js';

interface AccountProps {
  readonly view: AccountPage;
  readonly messages: MessageSet;
}

/** The applications a person has allowed, each with what it may do and a way to withdraw it. */
export function AccountView({ view, messages }: AccountProps) {
  const { context, notice, applications } = view;
  return (
    <Layout context={context} messages={messages} title={messages.text('account.title')} width="wide">
      <div class="account-head">
        <div>
          <h1>{messages.text('account.title')}</h1>
          <p class="soft">{messages.rich('account.signedInAs', { name: <Name of={view.userName} /> })}</p>
        </div>
        <Form target={view.signOut}>
          <button class="button compact" type="submit">
            {messages.text('account.signOut')}
          </button>
        </Form>
      </div>
      {notice !== undefined && (
        <Notice
          kind="info"
          id="notice"
          title={messages.text('notice.accessWithdrawn.title')}
          text={messages.text('notice.accessWithdrawn.text')}
        />
      )}
      <h2 class="section-title">{messages.text('account.applications')}</h2>
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
    </Layout>
  );
}

function Application(props: { readonly application: AllowedApplication; readonly messages: MessageSet }) {
  const { application, messages } = props;
  const { name, allowedAt } = application;
  const client = <Name of={name} fallback={messages.text('client.unnamed')} />;
  return (
    <li class="application">
      <div class="application-head">
        <Avatar name={name} logoPath={application.logoPath} messages={messages} />
        <div class="application-name">
          <h3>{client}</h3>
          {allowedAt !== undefined && (
            <p class="small soft">{messages.text('account.allowedOn', { date: allowedAt })}</p>
          )}
        </div>
        <Form target={application.withdraw}>
          <button class="button compact" type="submit">
            <span aria-hidden="true">{messages.text('account.withdraw')}</span>
            <span class="only-spoken">{messages.rich('account.withdrawFrom', { client })}</span>
          </button>
        </Form>
      </div>
      <ScopeList groups={application.scopeGroups} messages={messages} headingLevel={4} />
    </li>
  );
}
