import { OPENID_CONNECT, type Permission } from '../../clients/permissions.js';
import type { ClientProposal } from '../../developers/client-proposal.js';
import type { ClientKind } from '../../developers/snippets/snippet.js';
import { isEmailAddress } from '../../oauth/email-address.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { isVisibleLine } from '../../oauth/visible-text.js';
import { isWebAddress } from '../../oauth/web-address.js';
import type { TenantPolicy } from '../../tenants/tenant-policy.js';
import { type ClientFieldFault, TEXT_FIELDS, type TextField } from '../developer-content.js';

/** A client on the form: what was entered, and what the client metadata becomes of it. */

export interface EnteredClient {
  readonly type: ClientKind;
  readonly texts: Readonly<Record<TextField, string>>;
  /** Names as in `developer_scopes`. */
  readonly scopes: readonly string[];
  readonly refreshTokens: boolean;
}

/** A scope is a box of the form. A form has a hundred fields at most. */
const MAX_SCOPES = 60;
const MAX_NAME_LENGTH = 200;
const MAX_ADDRESS_LENGTH = 2000;
const LISTS: Readonly<Partial<Record<TextField, number>>> = {
  redirect_uris: 100,
  post_logout_redirect_uris: 100,
  contacts: 10,
};

/** The kinds that the tenant lets people register, the most usual first. */
export function typesOf({ developerGrantTypes }: TenantPolicy): ClientKind[] {
  const forPeople: readonly ClientKind[] = developerGrantTypes.includes('authorization_code')
    ? ['web', 'browser', 'native']
    : [];
  return [...forPeople, ...(developerGrantTypes.includes('client_credentials') ? (['machine'] as const) : [])];
}

/** What a new form shows: what is safe for most. */
export function emptyClient(policy: TenantPolicy): EnteredClient {
  return {
    type: typesOf(policy)[0] ?? 'web',
    texts: Object.fromEntries(TEXT_FIELDS.map((name) => [name, ''])) as Record<TextField, string>,
    scopes: policy.developerScopes.filter((name) => ['openid', 'profile', 'email'].includes(name)),
    refreshTokens: false,
  };
}

/** What a client is, as the form shows it. */
export function enteredFrom(proposal: ClientProposal, type: ClientKind): EnteredClient {
  const text = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : ((value as string | null) ?? ''));
  return {
    type,
    texts: Object.fromEntries(TEXT_FIELDS.map((name) => [name, text(proposal[name])])) as Record<TextField, string>,
    scopes: heldScopes(proposal),
    refreshTokens: proposal.grant_types?.includes('refresh_token') ?? false,
  };
}

/** The scopes to choose from: what the tenant allows, and what the client has. */
export function scopesToChoose(policy: TenantPolicy, held: readonly string[]): string[] {
  return [...new Set([...held, ...policy.developerScopes])]
    .sort((one, other) => rankOf(policy, one) - rankOf(policy, other))
    .slice(0, Math.max(MAX_SCOPES, held.length));
}

export function scopeField(name: string): string {
  return `scope:${name}`;
}

export function readClient(params: OAuthParameters, offered: readonly string[], types: readonly ClientKind[]) {
  const texts = TEXT_FIELDS.map((name) => [name, params.find(name)?.replaceAll('\r\n', '\n').trim() ?? '']);
  return {
    type: types.find((type) => type === params.find('type')) ?? types[0] ?? 'web',
    texts: Object.fromEntries(texts) as Record<TextField, string>,
    scopes: offered.filter((name) => params.find(scopeField(name)) !== undefined),
    refreshTokens: params.find('refresh_tokens') !== undefined,
  } satisfies EnteredClient;
}

/** What can be said of a field alone. What has to do with the rest of the client is said by the registration. */
export function faultOf(name: TextField, text: string): ClientFieldFault | undefined {
  const lines = linesOf(text);
  if (name === 'client_name') {
    if (text === '') return 'missing';
    return text.length <= MAX_NAME_LENGTH && isVisibleLine(text) ? undefined : 'not_text';
  }
  const most = LISTS[name];
  if (most !== undefined && lines.length > most) return 'too_many';
  if (name === 'contacts') return lines.every(isEmailAddress) ? undefined : 'not_an_email_address';
  // Of redirect URIs the registration says what is wrong with which.
  if (most !== undefined || text === '') return undefined;
  return text.length <= MAX_ADDRESS_LENGTH && isWebAddress(text) ? undefined : 'not_a_web_address';
}

/**
 * What the form says of a client. Members that it does not have stay as they are.
 * @param known grant types that the client has
 */
export function proposalFrom(
  { type, texts, scopes, refreshTokens }: EnteredClient,
  known: readonly string[] | undefined,
): ClientProposal {
  const list = (name: TextField) => [...new Set(linesOf(texts[name]))];
  const address = (name: TextField) => (texts[name] === '' ? null : texts[name]);
  const isForPeople = type !== 'machine';
  return {
    client_name: texts.client_name,
    grant_types: grantTypes(known ?? [isForPeople ? 'authorization_code' : 'client_credentials'], refreshTokens),
    ...(known === undefined && { application_type: isForPeople ? type : 'web' }),
    ...(isForPeople && {
      redirect_uris: list('redirect_uris'),
      post_logout_redirect_uris: list('post_logout_redirect_uris'),
    }),
    ...{ client_uri: address('client_uri'), policy_uri: address('policy_uri'), tos_uri: address('tos_uri') },
    contacts: list('contacts'),
    ...splitScopes(scopes),
  };
}

/** The order of those that there are stays, so that nothing differs that nobody changed. */
function grantTypes(known: readonly string[], refreshTokens: boolean): string[] {
  if (!refreshTokens || !known.includes('authorization_code')) return known.filter((name) => name !== 'refresh_token');
  return known.includes('refresh_token') ? [...known] : [...known, 'refresh_token'];
}

function splitScopes(names: readonly string[]): { readonly scope: string; readonly permissions: Permission[] } {
  const permissions = new Map<string, string[]>();
  for (const name of names) {
    const [api = '', scope] = name.split(' ');
    if (scope !== undefined) permissions.set(api, [...(permissions.get(api) ?? []), scope]);
  }
  return {
    scope: names.filter((name) => !name.includes(' ')).join(' '),
    permissions: [...permissions].map(([api, scopes]) => ({ api, scopes })),
  };
}

function heldScopes({ scope, permissions }: ClientProposal): string[] {
  return [
    ...(scope ?? '').split(' ').filter(Boolean),
    ...(permissions ?? [])
      .filter(({ api }) => api !== OPENID_CONNECT)
      .flatMap(({ api, scopes }) => scopes.map((name) => `${api} ${name}`)),
  ];
}

function rankOf({ developerScopes }: TenantPolicy, name: string): number {
  const index = developerScopes.indexOf(name);
  return index < 0 ? developerScopes.length : index;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
