import type { BodyOf, Schema } from '../../api/operation.js';

/** What a person wants to connect. Each begins with what is safe for its kind. */
export const KINDS = ['web', 'browser', 'native', 'machine', 'product'] as const;
export type Kind = (typeof KINDS)[number];

export function kindNamed(name: string | null): Kind | undefined {
  return KINDS.find((kind) => kind === name);
}

/** People sign in to it; the others act for themselves. */
export function hasPeople(kind: Kind): boolean {
  return kind !== 'machine';
}

/** OpenID Connect Core §5.4; whatever else an application wants is given to it later, on purpose. */
const OPENID_SCOPE = 'openid profile email';

/** What the form does not ask for. Software of somebody else may not know PKCE, so the tenant's policy decides there. */
export function defaultsOf(kind: Kind): Partial<BodyOf<'createClient'>> {
  switch (kind) {
    case 'web':
      return { application_type: 'web', scope: OPENID_SCOPE, require_pkce: true };
    case 'browser':
      return { application_type: 'browser', scope: OPENID_SCOPE };
    case 'native':
      return { application_type: 'native', scope: OPENID_SCOPE };
    case 'machine':
      return { application_type: 'web', grant_types: ['client_credentials'] };
    case 'product':
      return { application_type: 'web', scope: OPENID_SCOPE };
  }
}

type Registration = Pick<Schema<'Client'>, 'application_type' | 'grant_types'>;

/** What an application is, as far as its registration tells. */
export function kindOf({ application_type: type, grant_types: grants }: Registration): Exclude<Kind, 'product'> {
  const isForPeople = grants.some((grant) => PEOPLE_GRANTS.includes(grant));
  return !isForPeople && grants.includes('client_credentials') ? 'machine' : type;
}

const PEOPLE_GRANTS = ['authorization_code', 'implicit', 'password'];

/** Whether it proves itself with a secret. `null` stands for either way to send one. */
export function usesSecret({
  token_endpoint_auth_method: method,
}: Pick<Schema<'Client'>, 'token_endpoint_auth_method'>) {
  return method === null || method === 'client_secret_basic' || method === 'client_secret_post';
}

/** The console's own client, which the platform mends. */
export const CONSOLE_CLIENT = 'tenantry-console';
/** The scopes of the tenant's own resource (OpenID Connect, userinfo, the account API); all others are of an API. */
export const OWN_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'phone',
  'address',
  'offline_access',
  'groups',
  'account:read',
  'account:write',
];
