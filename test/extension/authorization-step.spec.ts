import { describe, expect, it } from '@jest/globals';
import { AccessDeniedError } from '../../src/oauth/oauth-error.js';
import type { AuthorizationRequest } from '../../src/authorization/authorization-request.js';
import { AuthorizationPipeline, type AuthorizationStep } from '../../src/authorization/authorization-step.js';
import { authorizationSteps } from '../../src/authorization/authorization-steps.js';
import { checkNonce } from '../../src/authorization/steps/check-nonce.js';
import { checkState } from '../../src/authorization/steps/check-state.js';
import { expectErrorResponse } from '../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { WEB_REDIRECT, authorize, pkce, responseOf } from '../support/tenant-fixture.js';

/** A check of somebody else's: orders are written by who accepted the terms of this year. */
const checkTerms: AuthorizationStep<{ readonly terms: string | undefined }, Pick<AuthorizationRequest, 'access'>> = ({
  params,
  access,
}) => {
  const terms = params.find('terms');
  const writes = access.apis.some(({ scope }) => scope.includes('orders:write'));
  if (writes && terms !== '2026') throw new AccessDeniedError('The terms of 2026 were not accepted.');
  return { terms };
};

const PKCE = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
const platform = givenPlatform({ authorizationSteps: authorizationSteps.check(checkTerms, { reads: ['terms'] }) });
const acme = givenTenant(platform, 'acme');

const ask = (params: Record<string, string>) => authorize(acme.issuer, { ...PKCE, ...params });

describe('a step that was added from outside', () => {
  it('sees what the steps before it established, and refuses to the client', async () => {
    const refused = await ask({ scope: 'openid orders:write' });
    expectErrorResponse(refused, WEB_REDIRECT, { error: 'access_denied', state: 's1', iss: acme.issuer });
    expect(responseOf(await ask({ scope: 'openid orders:write', terms: '2026' }))).toHaveProperty('code');
    expect(responseOf(await ask({ scope: 'openid orders:read' }))).toHaveProperty('code');
  });
});

describe('a pipeline', () => {
  it('compiles only when it is complete and in order', () => {
    // @ts-expect-error: most of the request is missing
    const incomplete: AuthorizationPipeline<AuthorizationRequest> = AuthorizationPipeline.start.check(checkState);
    // @ts-expect-error: the response type is established by a step that has to come before
    const disordered = AuthorizationPipeline.start.check(checkNonce);
    expect([incomplete, disordered]).toHaveLength(2);
  });
});
