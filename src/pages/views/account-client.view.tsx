import type { RegistrationState } from '../../developers/client-registration.js';
import type { MessageSet } from '../../language/messages.js';
import type { AccountClientDeletePage, AccountClientPage, MemberChange, MemberValues } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { RefusalNotice, StateChip, Value, memberLabel } from './client-parts.js';
import { Form } from './form.js';
import { Name } from './name.js';

interface ClientProps {
  readonly view: AccountClientPage;
  readonly messages: MessageSet;
}

type StateText = `clients.stateText.${RegistrationState | 'pendingChange' | 'rejectedChange'}`;

/** One client: how it stands, what is said of it, and the ways on. */
export function AccountClientView({ view, messages }: ClientProps) {
  const { name, standing, isLive, said, refusal, changes, members, clientId, issuer } = view;
  const title = displayName(name, messages.text('client.unnamed'));
  return (
    <AccountLayout view={view} messages={messages} title={title} isError={!!refusal}>
      <RefusalNotice refusal={refusal} messages={messages} />
      <p class="client-state">
        <StateChip state={standing} messages={messages} />
        <span>{messages.text(stateText(view))}</span>
      </p>
      {said !== undefined && standing === 'rejected' && (
        <section class="panel attention" aria-labelledby="reason-title">
          <h2 id="reason-title">{messages.text('clients.reason')}</h2>
          <p id="reason" class="quoted" dir="auto">
            {said}
          </p>
        </section>
      )}
      {changes.length > 0 && (
        <section id="changes" class="panel" aria-labelledby="changes-title">
          <h2 id="changes-title">{messages.text('clients.changes')}</h2>
          {changes.map((change) => (
            <Change change={change} messages={messages} />
          ))}
        </section>
      )}
      <Actions view={view} messages={messages} />
      <h2 class="section-title">{messages.text('clients.connect')}</h2>
      <dl class="facts">
        <Fact label={messages.text('clients.identifier')} values={[clientId]} id="client-id" />
        <Fact label={messages.text('clients.issuer')} values={[issuer]} />
      </dl>
      <Help view={view} messages={messages} />
      <h2 class="section-title">{messages.text(isLive ? 'clients.inUse' : 'clients.proposed')}</h2>
      <dl class="facts">
        {members.map(({ member, values }) => (
          <Member member={member} values={values} messages={messages} />
        ))}
      </dl>
      <Owners view={view} messages={messages} />
      <ul class="link-list">
        <li>
          <a id="delete-client" href={webAddress(view.deletePath)}>
            {messages.text('clients.delete')}
          </a>
        </li>
        <li>
          <a id="back" href={webAddress(view.allPath)}>
            {messages.text('clients.backToAll')}
          </a>
        </li>
      </ul>
    </AccountLayout>
  );
}

function stateText({ standing, isLive }: AccountClientPage): StateText {
  if (isLive && standing === 'pending') return 'clients.stateText.pendingChange';
  if (isLive && standing === 'rejected') return 'clients.stateText.rejectedChange';
  return `clients.stateText.${standing}`;
}

function Actions({ view: { submit, withdraw, editPath, needsApproval }, messages }: ClientProps) {
  return (
    <div class="row-actions">
      {submit && (
        <Form target={submit}>
          <button id="submit-client" class="button primary" type="submit">
            {messages.text(needsApproval ? 'clients.submit' : 'clients.submitNow')}
          </button>
        </Form>
      )}
      <a id="edit-client" class="button" href={webAddress(editPath)}>
        {messages.text('clients.edit')}
      </a>
      {withdraw && (
        <Form target={withdraw}>
          <button id="withdraw-client" class="button" type="submit">
            {messages.text('clients.withdraw')}
          </button>
        </Form>
      )}
    </div>
  );
}

function Help({ view: { snippetsPath, redirectsPath, secretsPath, isLive }, messages }: ClientProps) {
  const links = [
    { id: 'snippets', href: webAddress(snippetsPath), label: messages.text('clients.snippets') },
    { id: 'secrets', href: webAddress(secretsPath), label: messages.text('clients.secrets') },
    { id: 'redirects', href: webAddress(redirectsPath), label: messages.text('clients.redirects') },
  ].filter(({ href }) => href !== undefined);
  return (
    <>
      <ul class="link-list">
        {links.map(({ id, href, label }) => (
          <li>
            <a id={id} href={href}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      {!isLive && <p class="small soft">{messages.text('clients.secretsLater')}</p>}
    </>
  );
}

function Owners({ view: { owners, ownersPath }, messages }: ClientProps) {
  return (
    <>
      <h2 class="section-title">{messages.text('clients.owners')}</h2>
      <ul class="link-list">
        {owners.map((name) => (
          <li>
            <Name of={name} />
          </li>
        ))}
      </ul>
      <p>
        <a id="owners" href={webAddress(ownersPath)}>
          {messages.text('clients.manageOwners')}
        </a>
      </p>
    </>
  );
}

function Member({ member, values, messages }: MemberValues & { readonly messages: MessageSet }) {
  const label = memberLabel(member, messages);
  if (member !== 'client_name') return <Fact label={label} values={values} />;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Name of={values[0] ?? ''} />
      </dd>
    </div>
  );
}

function Fact(props: { readonly label: string; readonly values: readonly string[]; readonly id?: string }) {
  const { label, values, id } = props;
  return (
    <div>
      <dt>{label}</dt>
      <dd id={id} class="values">
        {values.map((value) => (
          <Value of={value} />
        ))}
      </dd>
    </div>
  );
}

function Change({ change, messages }: { readonly change: MemberChange; readonly messages: MessageSet }) {
  const { member, added, removed } = change;
  return (
    <div class="change" data-member={member}>
      <h3 class="scope-heading">{memberLabel(member, messages)}</h3>
      <ul>
        {removed.map((value) => (
          <li class="gone">
            <del>{messages.rich('clients.removed', { value: <Value of={value} /> })}</del>
          </li>
        ))}
        {added.map((value) => (
          <li class="come">
            <ins>{messages.rich('clients.added', { value: <Value of={value} /> })}</ins>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The last question before a client is deleted. */
export function AccountClientDeleteView(props: {
  readonly view: AccountClientDeletePage;
  readonly messages: MessageSet;
}) {
  const { view, messages } = props;
  const client = displayName(view.name, messages.text('client.unnamed'));
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('clients.deleteTitle', { client })}>
      <p>{messages.text(view.isLive ? 'clients.deleteText' : 'clients.deleteDraft')}</p>
      <Form target={view} id="delete-client-form" class="decision">
        <a class="button" href={webAddress(view.backPath)}>
          {messages.text('clients.keep')}
        </a>
        <button id="delete-client-submit" class="button danger" type="submit">
          {messages.text('clients.delete')}
        </button>
      </Form>
    </AccountLayout>
  );
}
