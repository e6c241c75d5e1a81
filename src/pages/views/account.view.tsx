import type { MessageSet } from '../../language/messages.js';
import { foreignAddress, webAddress } from '../look/web-address.js';
import type { AccountNotice, AccountPage, AllowedApplication } from '../page-content.js';
import { Avatar } from './avatar.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { Places } from './places.js';
import { ScopeList } from './scope-list.js';

interface AccountProps {
  readonly view: AccountPage;
  readonly messages: MessageSet;
}

const NOTICES = {
  access_withdrawn: 'accessWithdrawn',
  password_changed: 'passwordChanged',
  sessions_ended: 'sessionsEnded',
} as const satisfies Record<AccountNotice, string>;

/** What a person has allowed whom, where they are signed in, and a way to end either. */
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
          title={messages.text(`notice.${NOTICES[notice]}.title`)}
          text={messages.text(`notice.${NOTICES[notice]}.text`)}
        />
      )}
      <PasswordLinks view={view} messages={messages} />
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
      <Places view={view} messages={messages} />
    </Layout>
  );
}

function PasswordLinks({ view: { context, passwordPath }, messages }: AccountProps) {
  const links = [
    { href: webAddress(passwordPath), label: messages.text('account.changePassword') },
    {
      href: foreignAddress(context.tenant.branding.links?.passwordResetUri),
      label: messages.text('signIn.forgotPassword'),
    },
  ].filter(({ href }) => href !== undefined);
  return (
    <ul class="link-list">
      {links.map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
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
