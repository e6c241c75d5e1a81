import { isConfidential } from '../clients/client.js';
import type { ClientEntity } from '../clients/client.entity.js';
import { parseUrl } from '../oauth/parse-url.js';
import { findSchemeFault } from '../oauth/redirect-uri.js';
import { clientLocksOf } from '../tenants/client-policy.js';
import { policyForClient } from '../tenants/explained-policy.js';
import { type DecidedPolicy, effectivePolicy } from '../tenants/policy-inheritance.js';
import { SWITCHED_GRANTS, type SwitchedGrant, type TenantPolicy, allowsGrantType } from '../tenants/tenant-policy.js';
import type { ClientImpact } from './policy-impact.js';
import { dayOf } from '../usage/daily-usage.js';

export type ExaminedClient = Pick<
  ClientEntity,
  | 'clientId'
  | 'clientName'
  | 'applicationType'
  | 'tokenEndpointAuthMethod'
  | 'grantTypes'
  | 'responseTypes'
  | 'redirectUris'
  | 'requirePkce'
  | 'idTokenSignedResponseAlg'
>;

/** A tenant before or after a change. */
export type PolicyState = DecidedPolicy & { readonly policyLocks: readonly string[] };

type LastUse = (clientId: string, grantType: string) => Date | undefined;
type Found = Omit<ClientImpact, 'clientId' | 'clientName' | 'lastUsedAt'> & { readonly lastUsedAt?: Date | undefined };

/** From the laxest to the strictest. */
const PKCE_RULES: readonly TenantPolicy['requirePkce'][] = [false, 'or_nonce', true];

/** What a change of the policy breaks for a client, or may break. */
export function findClientImpacts(
  client: ExaminedClient,
  { before, after, lastUse }: { readonly before: PolicyState; readonly after: PolicyState; readonly lastUse: LastUse },
): ClientImpact[] {
  const was = policyOf(client, before);
  const is = policyOf(client, after);
  const found = [
    ...grantImpacts(client, was, is, lastUse),
    ...pkceImpacts(client, was, is),
    ...algorithmImpacts(client, { was, is, isLocked: clientLocksOf(after).has('idTokenSigningAlg') }),
    ...redirectImpacts(client, effectivePolicy(before), effectivePolicy(after)),
  ];
  const { clientId, clientName } = client;
  return found.map((one) => ({ clientId, clientName, lastUsedAt: undefined, ...one }));
}

function policyOf({ requirePkce, idTokenSignedResponseAlg: alg }: ExaminedClient, state: PolicyState): TenantPolicy {
  return policyForClient(state, {
    ...(requirePkce !== null && { requirePkce }),
    ...(alg !== null && { idTokenSigningAlg: alg }),
  });
}

function grantImpacts(client: ExaminedClient, was: TenantPolicy, is: TenantPolicy, lastUse: LastUse): Found[] {
  const registered = (Object.keys(SWITCHED_GRANTS) as SwitchedGrant[]).filter((grant) =>
    client.grantTypes.includes(grant),
  );
  return registered.flatMap((grant): Found[] => {
    const lastUsedAt = lastUse(client.clientId, grant);
    const used = lastUsedAt ? `used it last on ${dayOf(lastUsedAt)}` : 'did not use it since uses are counted';
    const common = { setting: 'grant_types', lastUsedAt } as const;
    const what = `The client is registered for the ${grant} grant and ${used}`;
    if (allowsGrantType(was, grant) && !allowsGrantType(is, grant)) {
      const detail = `${what}. It will be refused: use authorization_code.`;
      return [{ ...common, code: 'grant_refused', detail, values: { grant } }];
    }
    const { offFrom } = SWITCHED_GRANTS[grant];
    const from = is[offFrom];
    if (!allowsGrantType(is, grant) || from === null || from === was[offFrom]) return [];
    const detail = `${what}. It will be refused from ${from} on: use authorization_code.`;
    return [{ ...common, code: 'grant_ends', detail, values: { grant, from } }];
  });
}

function pkceImpacts(client: ExaminedClient, was: TenantPolicy, is: TenantPolicy): Found[] {
  const usesCodes = client.responseTypes.some((type) => type.split(' ').includes('code'));
  const isStricter = PKCE_RULES.indexOf(is.requirePkce) > PKCE_RULES.indexOf(was.requirePkce);
  // Public clients always use PKCE.
  if (!usesCodes || !isStricter || !isConfidential(client)) return [];
  const unless = is.requirePkce === true ? '' : ', or the scope openid with a nonce';
  const detail = `Requests without code_challenge (PKCE, S256)${unless} will be refused. Whether the client sends it is not known: switch PKCE on there.`;
  const values = { rule: is.requirePkce === true ? 'always' : 'or_nonce' };
  return [{ code: 'pkce_required', setting: 'require_pkce', detail, values }];
}

function algorithmImpacts(
  client: ExaminedClient,
  { was, is, isLocked }: { readonly was: TenantPolicy; readonly is: TenantPolicy; readonly isLocked: boolean },
): Found[] {
  const getsIdTokens = client.responseTypes.length > 0;
  if (!getsIdTokens || was.idTokenSigningAlg === is.idTokenSigningAlg) return [];
  const isOverruled = isLocked && client.idTokenSignedResponseAlg !== null;
  const why = isOverruled ? 'whatever it registered' : 'because it registered none';
  const detail = `Its ID tokens will be signed with ${is.idTokenSigningAlg} in place of ${was.idTokenSigningAlg}, ${why}. It has to accept that.`;
  const values = { from: was.idTokenSigningAlg, to: is.idTokenSigningAlg };
  return [{ code: 'id_token_alg_changes', setting: 'id_token_signed_response_alg', detail, values }];
}

function redirectImpacts(client: ExaminedClient, was: TenantPolicy, is: TenantPolicy): Found[] {
  const owner = { applicationType: client.applicationType, confidential: isConfidential(client) };
  return client.redirectUris.flatMap((uri): Found[] => {
    const url = parseUrl(uri);
    if (!url || findSchemeFault(url, owner, was) !== undefined) return [];
    const fault = findSchemeFault(url, owner, is);
    if (fault === undefined) return [];
    const detail = `${uri} ${fault.text}.`;
    return [{ code: 'redirect_uri_refused', setting: 'redirect_uris', detail, values: { redirect_uri: uri } }];
  });
}
