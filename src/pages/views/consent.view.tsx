import { displayName } from '../look/display-text.js';
import type { MessageSet } from '../../language/messages.js';
import type { ClientTrust, ConsentPage } from '../page-content.js';
import { foreignAddress, webAddress } from '../look/web-address.js';
import { Avatar } from './avatar.js';
import { Form } from './form.js';
import { Icon } from './icon.js';
import { Layout } from './layout.js';
import { Host, Name } from './name.js';
import { ScopeList, asksForMore } from './scope-list.js';

interface ConsentProps {
  readonly view: ConsentPage;
  readonly messages: MessageSet;
}

const TRUST = {
  first_party: { key: 'consent.firstParty', icon: 'shield', class: 'trust good' },
  verified: { key: 'consent.verified', icon: 'shield', class: 'trust good' },
  unreviewed: { key: 'consent.unreviewed', icon: 'info', class: 'trust' },
  unverified: { key: 'consent.unverified', icon: 'alert', class: 'trust warn' },
} as const satisfies Record<ClientTrust, unknown>;

const DECISION_FORM = 'consent-form';

/** Who asks, for what, and where it leads; allowing and refusing weigh the same. */
export function ConsentView({ view, messages }: ConsentProps) {
  const { context, client } = view;
  const clientName = displayName(client.name, messages.text('client.unnamed'));
  const isMore = asksForMore(view.scopeGroups);
  const hasChoice = view.scopeGroups.some(({ scopes }) => scopes.some(({ choice }) => choice !== undefined));
  return (
    <Layout
      context={context}
      messages={messages}
      title={messages.text('consent.title', { client: clientName })}
      width="medium"
    >
      <h1>
        {messages.rich(isMore ? 'consent.headingMore' : 'consent.heading', {
          client: <bdi>{clientName}</bdi>,
          tenant: <Name of={context.tenant.displayName} />,
        })}
      </h1>
      <ClientBadge view={view} messages={messages} />
      {client.trust === 'unverified' && <p class="caution">{messages.text('consent.unverifiedHint')}</p>}
      <SignedInAs view={view} messages={messages} />
      <h2 class="section-heading">{messages.text('consent.scopes')}</h2>
      {hasChoice && <p class="small soft">{messages.text('consent.optionalHint')}</p>}
      <ScopeList
        id="consent-scopes"
        groups={view.scopeGroups}
        messages={messages}
        headingLevel={3}
        formId={DECISION_FORM}
      />
      <ClientLinks view={view} messages={messages} />
      <Form target={view} id={DECISION_FORM} class="decision">
        <button id="consent-deny" class="button even" type="submit" name="decision" value="deny">
          {messages.text('consent.deny')}
        </button>
        <button id="consent-approve" class="button even" type="submit" name="decision" value="approve">
          {messages.text('consent.approve')}
        </button>
      </Form>
      <WithdrawHint view={view} messages={messages} />
    </Layout>
  );
}

function ClientBadge({ view: { client, context }, messages }: ConsentProps) {
  const trust = TRUST[client.trust];
  return (
    <div class="client">
      <Avatar name={client.name} logoPath={client.logoPath} messages={messages} />
      <div>
        <p class="client-name">
          <Host of={client.redirectHost} />
        </p>
        <p class={trust.class}>
          <Icon name={trust.icon} />
          <span>{messages.rich(trust.key, { tenant: <Name of={context.tenant.displayName} /> })}</span>
        </p>
      </div>
    </div>
  );
}

function SignedInAs({ view: { userName, switchAccount }, messages }: ConsentProps) {
  return (
    <div class="signed-in">
      <p>{messages.rich('consent.signedInAs', { name: boldName(userName) })}</p>
      {switchAccount !== undefined && (
        <Form target={switchAccount}>
          <button class="text-button" type="submit">
            {messages.text('consent.switchAccount')}
          </button>
        </Form>
      )}
    </div>
  );
}

function boldName(name: string) {
  return (
    <strong>
      <Name of={name} />
    </strong>
  );
}

function ClientLinks({ view: { client }, messages }: ConsentProps) {
  const links = [
    { href: foreignAddress(client.policyUri), label: messages.text('consent.privacy') },
    { href: foreignAddress(client.tosUri), label: messages.text('consent.terms') },
  ].filter(({ href }) => href !== undefined);
  if (links.length === 0) return null;
  return (
    <ul class="link-list small">
      {links.map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  );
}

function WithdrawHint({ view: { client, accountPath }, messages }: ConsentProps) {
  const account = webAddress(accountPath);
  return (
    <p class="small soft hint">
      {messages.rich('consent.return', { host: <Host of={client.redirectHost} /> })}{' '}
      {account === undefined
        ? messages.text('consent.withdrawPlain')
        : messages.rich('consent.withdraw', { account: (parts) => <a href={account}>{parts}</a> })}
    </p>
  );
}
