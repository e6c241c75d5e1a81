import { expect, it, jest } from '@jest/globals';
import type { AuthenticationService } from '../../src/authentication/authentication.service.js';
import { PasswordChanges } from '../../src/sessions/password-changes.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import type { User } from '../../src/users/user.js';

it('changes nothing by the password of another user who got the name meanwhile', async () => {
  const change = jest.fn(async () => true);
  const bob = { user: { id: 'bob' }, acr: '1', amr: ['pwd'], authTime: 1 };
  const authentication = { authenticate: async () => bob } as unknown as AuthenticationService;
  const changes = new PasswordChanges(
    authentication,
    { findPasswordFault: async () => undefined } as never,
    { hash: async () => 'hash' } as never,
    { change } as never,
    {} as never,
    { parameterOf: () => '[]' } as never,
    {} as never,
    {} as never,
  );
  const tenant = { id: 't', policy: { sessionAbsoluteLifetimeSeconds: 60 } } as unknown as Tenant;
  const form = { username: 'alice', current: 'a', next: 'b' };
  const changing = changes.change(tenant, { user: { id: 'alice' } as User, proofs: [], isRemembered: false }, form, {
    userAgent: undefined,
  } as never);
  await expect(changing).rejects.toMatchObject({ fault: 'invalid_credentials' });
  expect(change).not.toHaveBeenCalled();
});
