import { SYSTEM_TENANT_SLUG } from '../../database/tenant-id.js';
import { type Client, usesSecret } from '../../clients/client.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import { MANAGEMENT_SCOPES, type ManagementScope } from '../../resources/management-api.js';
import { managementPermissionsOf } from '../../resources/management-permissions.js';
import { OWNER, findBuiltInRole } from '../../resources/management-roles.js';
import { Problem } from './problem.js';
import type { Caller } from './principal.js';
import type { Branding } from '../../tenants/branding.js';
import type { Tenant } from '../../tenants/tenant.js';

/** The client that operators' scripts use. Without it nobody can manage the platform. */
const OPERATOR_CLIENT_ID = 'operator';

/** What the client operator keeps, whoever asks: with less nobody could give the rest back. */
const OPERATOR_KEEPS = MANAGEMENT_SCOPES.map(({ name }) => name).filter((name) =>
  /^(tenants|clients|users):(read|write)$/.test(name),
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
 * The same rule for people: whoever changes, disables or removes a person, or takes something from one, needs every
 * permission that the person has by roles.
 * @throws InsufficientScopeError
 */
export function requirePowerOverUser(caller: Caller, permissions: readonly string[]): void {
  requireAll(caller, permissions, 'because the user has it');
}

/** To make an owner, or an ordinary user of one. @throws InsufficientScopeError */
export function requirePowerOverOwners(caller: Caller): void {
  requireAll(caller, findBuiltInRole(OWNER)?.permissions ?? [], 'because an owner has it');
}

/**
 * Nobody gives what they do not have: to make, change, delete, give or take a role takes every permission in it.
 * @throws InsufficientScopeError
 */
export function requirePowerOverRole(caller: Caller, permissions: readonly string[]): void {
  requireAll(caller, permissions, 'because the role or who has it has it');
}

/** For the part of a request that a narrower scope is not enough for. @throws InsufficientScopeError */
export function requireScope(
  caller: Caller,
  scope: ManagementScope,
  reason = 'for other members than those of the narrower scope',
): void {
  requireAll(caller, [scope], reason);
}

/**
 * People type passwords where `password_reset_uri` leads, so it is no matter of how pages look. Whoever has a setup link
 * does not decide it at all.
 * @throws InsufficientScopeError, Problem
 */
export function requirePowerOverResets(caller: Caller, before: Branding, after: Branding): void {
  if (before.passwordResetUri === after.passwordResetUri) return;
  if (caller.setupLink) {
    throw new Problem('permission-denied', 'A setup link does not decide where people reset passwords.');
  }
  requireAll(caller, ['tenants:write'], 'because people type passwords at password_reset_uri');
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
 * Whoever is told which clients and users a change would break sees them.
 * @throws InsufficientScopeError
 */
export function requireSightOfImpact(caller: Caller): void {
  requireAll(caller, ['clients:read', 'users:read'], 'because a dry run names clients and users');
}

/**
 * What a client would be told about a user depends on the account and on what the user allowed.
 * @throws InsufficientScopeError
 */
export function requireSightOfUsers(caller: Caller): void {
  requireAll(caller, ['users:read', 'consents:read'], 'because it is about a user');
}

/** To see one client of a tenant. @throws InsufficientScopeError */
export function requireSightOfClients(caller: Caller): void {
  requireAll(caller, ['clients:read'], 'because it is about a client');
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

/**
 * Whether the caller has to leave an owner who can sign in. Nobody could repair tenant `system`; every other tenant can
 * be repaired by an operator, and so operators may leave it without one.
 */
export function keepsAdministrator({ slug }: Tenant, caller: Caller): boolean {
  return slug === SYSTEM_TENANT_SLUG || !caller.isOperator;
}

function lockedOut(rule: string): Problem {
  return new Problem('conflict', `The client operator of tenant system ${rule}; it is the last way in.`);
}

function requireAll(caller: Caller, scopes: readonly string[], reason: string): void {
  const missing = scopes.find((name) => !caller.scope.includes(name));
  if (missing === undefined) return;
  throw new InsufficientScopeError(`The access token needs the scope ${missing} for this, ${reason}.`, missing);
}
