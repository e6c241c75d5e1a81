import { OAuthError } from '../oauth/oauth-error.js';
import type { Scope } from '../oauth/scope.js';
import { type Access, scopeOf } from '../resources/access.js';
import type { PreparedAccessToken } from '../tokens/access-token.js';
import type { ScopeFate, ScopeReason } from './token-preview.js';

/** What was left of a scope after a stage, and why a name is missing that the stage before had. */
export interface Stage {
  readonly reason: ScopeReason;
  readonly left: Scope;
}

/** Of a request that is answered with tokens. */
export function fatesOf(
  asked: Scope,
  stages: readonly Stage[],
  { access, prepared }: { readonly access: Access; readonly prepared: PreparedAccessToken },
): ScopeFate[] {
  const granted = scopeOf(access);
  return asked.map((name): ScopeFate => {
    const lost = stages.find(({ left }) => !left.includes(name));
    const isGranted = granted.includes(name);
    return {
      name,
      state: isGranted ? 'granted' : stateOf(lost?.reason),
      resources: access.apis.filter(({ scope }) => scope.includes(name)).map(({ api }) => api.identifier),
      isInAccessToken: prepared.scope.includes(name),
      reason: isGranted ? undefined : (lost?.reason ?? 'unknown'),
      detail: undefined,
    };
  });
}

/**
 * Of a request that is refused: each name is asked for alone.
 * @param ask throws OAuthError for a scope that is refused
 * @param isKnown whether a name means something at the tenant
 */
export async function refusedFates(
  asked: Scope,
  ask: (scope: Scope) => Promise<unknown>,
  isKnown: (name: string) => Promise<boolean>,
): Promise<ScopeFate[]> {
  const fates: ScopeFate[] = [];
  for (const name of asked) {
    const shared = { name, resources: [], isInAccessToken: false };
    if (!(await isKnown(name))) {
      fates.push({ ...shared, state: 'ignored', reason: 'unknown', detail: undefined });
      continue;
    }
    const refused = await refusalOf(() => ask([name]));
    const isOfScope = refused?.code === 'invalid_scope' || refused?.code === 'invalid_target';
    fates.push(
      isOfScope
        ? { ...shared, state: 'refused', reason: 'not_registered', detail: refused.message }
        : { ...shared, state: 'possible', reason: undefined, detail: undefined },
    );
  }
  return fates;
}

async function refusalOf(work: () => Promise<unknown>): Promise<OAuthError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
}

function stateOf(reason: ScopeReason | undefined): ScopeFate['state'] {
  if (reason === 'declined_by_user') return 'declined';
  return reason === 'not_in_management_roles' || reason === 'not_in_api_roles' ? 'withheld' : 'ignored';
}
