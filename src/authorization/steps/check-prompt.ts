import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import type { Prompt } from '../authorization-request.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** What a tenant takes. `create` begins with a sign-up (OpenID Connect Prompt Create 1.0), where there is one. */
export function promptsOf({ policy }: Pick<Tenant, 'policy'>): readonly Prompt[] {
  return ['none', 'login', 'consent', 'select_account', ...(policy.signUp === 'closed' ? [] : (['create'] as const))];
}

/** OpenID Connect Core §3.1.2.1: "If this parameter contains none with any other value, an error is returned." */
export const checkPrompt: AuthorizationStep<Established<'prompt'>> = ({ params, tenant }) => {
  const known: readonly string[] = promptsOf(tenant);
  const values = (params.find('prompt') ?? '').split(' ').filter((value) => value !== '');
  const unknown = values.filter((value) => !known.includes(value));
  if (unknown.length > 0) {
    const hint = unknown.includes('create') ? ' The policy sign_up of the tenant decides about create.' : '';
    const list = known.join(', ');
    throw new InvalidRequestError(`prompt has the unknown value ${quoted(unknown)}; known are ${list}.${hint}`);
  }
  if (values.includes('none') && values.length > 1)
    throw new InvalidRequestError('prompt has none beside another value.');
  return { prompt: new Set(values as Prompt[]) };
};
