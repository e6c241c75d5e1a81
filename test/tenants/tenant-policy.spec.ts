import { describe, expect, it } from '@jest/globals';
import { NOTHING_INHERITED, effectivePolicy } from '../../src/tenants/policy-inheritance.js';
import {
  DEFAULT_POLICY,
  MAX_TOKEN_LIFETIME_SECONDS,
  POLICY_BOUNDS,
  type TenantPolicy,
} from '../../src/tenants/tenant-policy.js';

const decided = (policy: Partial<TenantPolicy>) => effectivePolicy({ policy, inherited: NOTHING_INHERITED });

describe('the policy of a tenant', () => {
  it('is the platform’s where the tenant decided nothing, as one shared object', () => {
    expect(decided({})).toBe(DEFAULT_POLICY);
  });

  it('is the tenant’s where it did, and cannot be changed by who holds it', () => {
    const policy = decided({ requirePkce: false, accessTokenLifetimeSeconds: 60 });
    expect(policy).toEqual({ ...DEFAULT_POLICY, requirePkce: false, accessTokenLifetimeSeconds: 60 });
    expect(Object.isFrozen(policy)).toBe(true);
    expect(Object.isFrozen(DEFAULT_POLICY)).toBe(true);
  });

  it('is safe by default', () => {
    expect(DEFAULT_POLICY).toMatchObject({
      allowImplicitGrant: false,
      allowPasswordGrant: false,
      requirePkce: 'or_nonce',
      accessTokenSigningAlg: 'ES256',
      idTokenSigningAlg: 'RS256',
      passwordMinLength: 15,
    });
    expect(DEFAULT_POLICY.authorizationCodeLifetimeSeconds).toBeLessThanOrEqual(60);
  });

  it('leaves out what another version stored', () => {
    const stored: object = { signingAlg: 'EdDSA' };
    expect(decided(stored)).toBe(DEFAULT_POLICY);
  });

  it('has defaults within its own bounds, and a bound for every number', () => {
    for (const [name, value] of Object.entries(DEFAULT_POLICY)) {
      if (typeof value !== 'number') continue;
      const [least, greatest] = POLICY_BOUNDS[name as keyof typeof POLICY_BOUNDS];
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(greatest);
    }
  });

  it('lets no token outlive the keys', () => {
    for (const name of ['accessTokenLifetimeSeconds', 'idTokenLifetimeSeconds'] as const) {
      expect(POLICY_BOUNDS[name][1]).toBeLessThanOrEqual(MAX_TOKEN_LIFETIME_SECONDS);
    }
  });
});
