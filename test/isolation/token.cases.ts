import { randomBytes, randomUUID } from 'node:crypto';
import { AuthorizationCodesRepository } from '../../src/grants/authorization-codes.repository.js';
import { GrantsRepository } from '../../src/tokens/grants.repository.js';
import { AccessTokensRepository } from '../../src/tokens/access-tokens.repository.js';
import { RefreshTokensRepository } from '../../src/tokens/refresh-tokens.repository.js';
import type { Client } from '../../src/clients/client.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import { type EligibleUser, checkEligibility } from '../../src/tokens/eligibility.js';
import type { User } from '../../src/users/user.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti: string };

const IDLE_SECONDS = 3600;
const NO_REPEAT = { successorDigest: undefined, graceSeconds: 0, sessionIdleSeconds: IDLE_SECONDS };

/** Alice of acme, for whom `web` may have `openid`. */
function alice(world: World): EligibleUser {
  const client = { clientId: 'web', enabled: true } as unknown as Client;
  const user = { id: world.acme.aliceId, enabled: true } as unknown as User;
  const access = { openid: ['openid'], apis: [], resourcesRequested: false };
  return checkEligibility({ id: world.acmeId } as unknown as Tenant, client, user, access);
}

export const tokenCases: RepositoryCases = {
  'AuthorizationCodesRepository.find': {
    prepare: async (world) => {
      const { digest } = await world.code();
      return (tenantId) => world.repository(AuthorizationCodesRepository).find(tenantId, digest, IDLE_SECONDS);
    },
  },
  'AuthorizationCodesRepository.redeem': {
    prepare: async (world) => {
      const { digest } = await world.code();
      const refresh = { digest: randomBytes(32), idleSeconds: 60 };
      return (tenantId) => world.repository(AuthorizationCodesRepository).redeem(tenantId, digest, { refresh });
    },
  },
  'GrantsRepository.create': {
    prepare: (world) => {
      const grant = {
        id: randomUUID(),
        eligible: alice(world),
        signIn: { authTime: 1, acr: 'urn:test', amr: ['pwd'], sessionId: undefined },
        lifetimeSeconds: 60,
      };
      return (tenantId) => world.repository(GrantsRepository).create(tenantId, grant, {});
    },
  },
  'GrantsRepository.revoke': {
    prepare: async (world) => {
      const { grantId } = await world.code();
      return (tenantId) => world.repository(GrantsRepository).revoke(tenantId, grantId);
    },
  },
  'RefreshTokensRepository.find': {
    prepare: async (world) => {
      const { digest } = await world.tokens();
      return (tenantId) => world.repository(RefreshTokensRepository).find(tenantId, digest, NO_REPEAT);
    },
  },
  'RefreshTokensRepository.rotate': {
    prepare: async (world) => {
      const { digest } = await world.tokens();
      const next = { successorDigest: randomBytes(32), idleSeconds: 60 };
      return (tenantId) => world.repository(RefreshTokensRepository).rotate(tenantId, digest, next);
    },
  },
  'RefreshTokensRepository.extend': {
    prepare: async (world) => {
      const { digest } = await world.tokens();
      return (tenantId) => world.repository(RefreshTokensRepository).extend(tenantId, digest, { idleSeconds: 60 });
    },
  },
  'RefreshTokensRepository.revokeGrant': {
    prepare: async (world) => {
      const { digest } = await world.tokens();
      return (tenantId) => world.repository(RefreshTokensRepository).revokeGrant(tenantId, digest, 'web');
    },
  },
  'AccessTokensRepository.create': {
    prepare: async (world) => {
      const { grantId } = await world.code();
      const record = {
        digest: randomBytes(32),
        jti: randomUUID(),
        grantId,
        clientId: 'web',
        subject: world.acme.aliceId,
        scope: ['stock:read'],
        audience: [world.acme.opaqueApi],
        issuer: world.acme.issuer,
        lifetimeSeconds: 60,
      };
      return (tenantId) => world.repository(AccessTokensRepository).create(tenantId, record);
    },
  },
  'AccessTokensRepository.find': {
    prepare: async (world) => {
      const { digest } = await world.opaqueToken();
      return (tenantId) => world.repository(AccessTokensRepository).find(tenantId, digest, IDLE_SECONDS);
    },
  },
  'AccessTokensRepository.findGrantOfJwt': {
    prepare: async (world) => {
      const { tokens, grantId } = await world.tokens();
      const token = { grantId, jti: claimsOf(tokens['access_token'] ?? '').jti };
      return (tenantId) => world.repository(AccessTokensRepository).findGrantOfJwt(tenantId, token, IDLE_SECONDS);
    },
  },
  'AccessTokensRepository.isJwtRevoked': {
    prepare: async (world) => {
      const jti = randomUUID();
      const expiresAt = Date.now() / 1000 + 60;
      await world.repository(AccessTokensRepository).revokeJwt(world.acmeId, { jti, expiresAt });
      return (tenantId) => world.repository(AccessTokensRepository).isJwtRevoked(tenantId, jti);
    },
  },
  'AccessTokensRepository.revokeJwt': {
    prepare: (world) => {
      const token = { jti: randomUUID(), expiresAt: Date.now() / 1000 + 60 };
      return (tenantId) => world.repository(AccessTokensRepository).revokeJwt(tenantId, token);
    },
  },
  'AccessTokensRepository.revokeOpaque': {
    prepare: async (world) => {
      const { digest } = await world.opaqueToken();
      return (tenantId) => world.repository(AccessTokensRepository).revokeOpaque(tenantId, digest, 'machine');
    },
  },
};
