import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

/** OpenID Connect Core §3.1.2.1: whole seconds. `default_max_age` stands in for it (Registration §2). */
export const checkMaxAge: AuthorizationStep<Established<'maxAge'>> = ({ params, client }) => {
  const value = params.find('max_age');
  if (value === undefined) return { maxAge: client.defaultMaxAge };
  if (!/^\d{1,15}$/.test(value)) throw new InvalidRequestError(`max_age ${quoted(value)} is not a number of seconds.`);
  return { maxAge: Number(value) };
};
