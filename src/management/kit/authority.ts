import { type Client, usesSecret } from '../../clients/client.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import { MANAGEMENT_SCOPES, type ManagementScope } from '../../resources/management-api.js';
import { managementPermissionsOf } from '../../resources/management-permissions.js';
import { Problem } from './problem.js';
import { type Caller, SYSTEM_TENANT_SLUG } from './principal.js';
import type { Tenant } from '../../tenants/tenant.js';

/** The client that operators' scripts use. Without it nobody can manage the platform. */
const OPERATOR_CLIENT_ID = 'operator';

/** What the client operator keeps, whoever asks: with less nobody could give the rest back. */
const OPERATOR_KEEPS = MANAGEMENT_SCOPES.map(({ name }) => name).filter((name) =>
  /^(tenants|clients|users):/.test(name),
);

type Registration = Pick<Client, 'tokenEndpointAuthMethod' | 'grantTypes' | 'enabled'> &
  Parameters<typeof managementPermissionsOf>[0];

/**
 * The one rule on power over clients: whoever changes a client, removes it, or gets a secret or key of it accepted could
 * act as that client. So it takes every management permission the client has, before the change and after it.
 * @throws InsufficientScopeError
 */
export function requirePowerOver(
  caller: Caller,
  ...states: readonly Parameters<typeof managementPermissionsOf>[0][]
): void {
  requireAll(
    caller,
    states.flatMap((state) => managementPermissionsOf(state)),
    'because the client has it',
  );
}

/**
 * The same rule for people. An administrator may be given every permission by some client, so it takes every one to
 * make an administrator, to change one, or to take something from one.
 * @throws InsufficientScopeError
 */
export function requirePowerOverAdministrators(caller: Caller): void {
  const scopes = MANAGEMENT_SCOPES.map(({ name }) => name);
  requireAll(caller, ['tenants:write', ...scopes], 'because an administrator may be given it');
}

/** @param what what must not happen to it. @throws Problem for the tenant of the operators themselves */
export function refuseSystem({ slug }: { readonly slug: string }, what: string): void {
  if (slug === SYSTEM_TENANT_SLUG) throw new Problem('conflict', `The tenant system cannot be ${what}.`);
}

/** @throws InsufficientScopeError unless it is an operator of the platform */
export function requireOperator(caller: Caller): void {
  if (!caller.isOperator) throw new InsufficientScopeError('Only operators of the platform may do this.');
}

/**
 * Whoever decides where a webhook sends the events of the log gets to read them.
 * @throws InsufficientScopeError
 */
export function requireSightOfEvents(caller: Caller): void {
  requireAll(caller, ['audit:read'], 'because a webhook is sent the events of the audit log');
}

/**
 * Refuses what would lock the operators out: the client `operator` of tenant `system` is neither deleted, disabled nor
 * stripped of its permissions.
 * @param after what the client would be; undefined when it would be deleted
 * @throws Problem
 */
export function refuseLockingOut({ slug }: Tenant, clientId: string, after: Registration | undefined): void {
  if (slug !== SYSTEM_TENANT_SLUG || clientId !== OPERATOR_CLIENT_ID) return;
  if (!after?.enabled) throw lockedOut('can be neither deleted nor disabled');
  if (!after.grantTypes.includes('client_credentials')) throw lockedOut('keeps the grant type client_credentials');
  if (!usesSecret(after)) throw lockedOut('keeps its secret to authenticate');
  const permissions = managementPermissionsOf(after);
  const missing = OPERATOR_KEEPS.find((name) => !permissions.includes(name));
  if (missing !== undefined) throw lockedOut(`keeps the scope ${missing}`);
}

/** Whether the tenant needs an administrator who can sign in. */
export function keepsAdministrator({ slug }: Tenant): boolean {
  return slug === SYSTEM_TENANT_SLUG;
}

function lockedOut(rule: string): Problem {
  return new Problem('conflict', `The client operator of tenant system ${rule}; it is the last way in.`);
}

function requireAll(caller: Caller, scopes: readonly ManagementScope[], reason: string): void {
  const missing = scopes.find((name) => !caller.scope.includes(name));
  if (missing === undefined) return;
  throw new InsufficientScopeError(`The access token needs the scope ${missing} for this, ${reason}.`, missing);
}
