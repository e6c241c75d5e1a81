import { InvalidRequestError, quoted } from '../../oauth/oauth-error.js';
import type { Prompt } from '../authorization-request.js';
import type { AuthorizationStep, Established } from '../authorization-step.js';

const PROMPTS: readonly string[] = ['none', 'login', 'consent', 'select_account'] satisfies Prompt[];

/** OpenID Connect Core §3.1.2.1: "If this parameter contains none with any other value, an error is returned." */
export const checkPrompt: AuthorizationStep<Established<'prompt'>> = ({ params }) => {
  const values = (params.find('prompt') ?? '').split(' ').filter((value) => value !== '');
  const unknown = values.filter((value) => !PROMPTS.includes(value));
  if (unknown.length > 0) {
    throw new InvalidRequestError(`prompt has the unknown value ${quoted(unknown)}; known are ${PROMPTS.join(', ')}.`);
  }
  if (values.includes('none') && values.length > 1)
    throw new InvalidRequestError('prompt has none beside another value.');
  return { prompt: new Set(values as Prompt[]) };
};
