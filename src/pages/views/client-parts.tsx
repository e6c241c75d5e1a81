import type { MessageKey, MessageSet } from '../../language/messages.js';
import type { RegistrationState } from '../../developers/client-registration.js';
import type { ClientRefusal } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { webAddress } from '../look/web-address.js';
import { Name } from './name.js';
import { Notice } from './notice.js';

/** What pages about clients have in common. */

/** As long as an address may be; more of a value is cut off. */
const VALUE_MAX_LENGTH = 2000;
const MEMBERS = {
  client_name: 'clients.member.client_name',
  application_type: 'clients.member.application_type',
  grant_types: 'clients.member.grant_types',
  response_types: 'clients.member.response_types',
  token_endpoint_auth_method: 'clients.member.token_endpoint_auth_method',
  redirect_uris: 'clients.member.redirect_uris',
  post_logout_redirect_uris: 'clients.member.post_logout_redirect_uris',
  scope: 'clients.member.scope',
  permissions: 'clients.member.permissions',
  jwks: 'clients.member.jwks',
  client_uri: 'clients.member.client_uri',
  logo_uri: 'clients.member.logo_uri',
  policy_uri: 'clients.member.policy_uri',
  tos_uri: 'clients.member.tos_uri',
  initiate_login_uri: 'clients.member.initiate_login_uri',
  contacts: 'clients.member.contacts',
  software_id: 'clients.member.software_id',
  software_version: 'clients.member.software_version',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** A member of the client metadata in the person's language, or its own name. */
export function memberLabel(member: string, messages: MessageSet): string {
  return Object.hasOwn(MEMBERS, member) ? messages.text(MEMBERS[member as keyof typeof MEMBERS]) : member;
}

/** A value as the protocol has it: from left to right, and in full. */
export function Value({ of }: { readonly of: string }) {
  return <code>{displayName(of, '', VALUE_MAX_LENGTH)}</code>;
}

export function ClientName({ of, messages }: { readonly of: string; readonly messages: MessageSet }) {
  return <Name of={of} fallback={messages.text('client.unnamed')} />;
}

const CHIPS: Readonly<Record<RegistrationState, string>> = {
  draft: 'chip',
  pending: 'chip new',
  approved: 'chip ok',
  rejected: 'chip bad',
  suspended: 'chip bad',
};

export function StateChip({ state, messages }: { readonly state: RegistrationState; readonly messages: MessageSet }) {
  return <span class={CHIPS[state]}>{messages.text(`clients.state.${state}`)}</span>;
}

export function RefusalNotice(props: { readonly refusal: ClientRefusal | undefined; readonly messages: MessageSet }) {
  const { refusal, messages } = props;
  if (refusal === undefined) return null;
  return (
    <Notice
      kind="error"
      id="notice-refused"
      title={messages.text('clients.refused')}
      text={messages.text(`clients.refusal.${refusal}`)}
    />
  );
}

interface BackProps {
  readonly path: string;
  /** Of the client; undefined: to all of them. */
  readonly name?: string | undefined;
  readonly messages: MessageSet;
}

export function BackLink({ path, name, messages }: BackProps) {
  return (
    <p class="after-list">
      <a id="back" href={webAddress(path)}>
        {name === undefined
          ? messages.text('clients.backToAll')
          : messages.rich('clients.back', { client: <ClientName of={name} messages={messages} /> })}
      </a>
    </p>
  );
}
