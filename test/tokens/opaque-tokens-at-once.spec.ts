import { describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { isForeignKeyViolation } from '../../src/database/database-error.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { AccessTokensRepository } from '../../src/tokens/access-tokens.repository.js';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { times } from '../support/race.js';
import { clientCredentials, introspect } from '../support/tenant-fixture.js';

const OPAQUE = { scope: 'stock:read' };

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

describe('opaque access tokens that are asked for at once', () => {
  it('are each stored for its own tenant alone, with one event', async () => {
    const answers = await Promise.all(
      times(40, async (index) => {
        const tenant = index % 2 === 0 ? acme : globex;
        const answer = await clientCredentials(tenant, OPAQUE);
        expect(answer.status).toBe(200);
        return { tenant, token: String(answer.json()['access_token']) };
      }),
    );
    expect(new Set(answers.map(({ token }) => token)).size).toBe(40);

    const told = await Promise.all(
      answers.map(async ({ tenant, token }) => {
        const other = tenant === acme ? globex : acme;
        return { own: await introspect(tenant, token, 'machine'), others: await introspect(other, token, 'machine') };
      }),
    );
    for (const { own, others } of told) {
      expect(own).toMatchObject({ active: true, scope: 'stock:read', client_id: 'machine' });
      expect(others).toEqual({ active: false });
    }
    for (const tenant of ['acme', 'globex']) {
      const events = await listEvents(platform.operator, tenant, 'token.issued');
      const ids = events.map(({ details }) => details?.['jti']);
      expect(ids).toHaveLength(20);
      const own = told.filter((_, index) => (index % 2 === 0) === (tenant === 'acme'));
      expect(new Set(ids)).toEqual(new Set(own.map(({ own: { jti } }) => jti)));
    }
  });

  it('do not fail for one whose client was deleted a moment ago', async () => {
    const repository = platform.application.nest.get(AccessTokensRepository);
    const record = (clientId: string) => ({
      digest: randomBytes(32),
      jti: randomUUID(),
      grantId: undefined,
      clientId,
      subject: clientId,
      scope: ['stock:read'],
      audience: ['https://stock.example', 'https://"{odd},\\ one}.example'],
      issuer: acme.issuer,
      lifetimeSeconds: 60,
    });
    const tenantId = toTenantId(acme.id);
    const [before, gone, after] = [record('machine'), record('deleted'), record('machine')];
    const [, refused] = await Promise.allSettled(
      [before, gone, after].map((each) => repository.create(tenantId, each)),
    );
    expect(refused?.status === 'rejected' && isForeignKeyViolation(refused.reason)).toBe(true);
    const alive = await Promise.all([before, gone, after].map(({ digest }) => repository.find(tenantId, digest, 60)));
    expect(alive.map((token) => token?.jti)).toEqual([before.jti, undefined, after.jti]);
    expect(alive[0]).toMatchObject({ scope: before.scope, audience: before.audience });
  });
});
