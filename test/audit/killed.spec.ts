import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { type TenantFixture, clientCredentials, createTenant, getCode, redeem } from '../support/tenant-fixture.js';

let platform: ProductionPlatform;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startProduction(1);
  acme = await createTenant(platform, 'acme');
}, 60_000);
afterAll(() => platform.database.drop());

describe('A process that is killed the moment it has answered', () => {
  it('has recorded every code it redeemed and every opaque token it issued', async () => {
    const codes = [];
    for (let count = 0; count < 5; count += 1) codes.push(await getCode(acme.issuer));
    const answers = await Promise.all([
      ...codes.map(({ code, verifier }) => redeem(acme, { code, code_verifier: verifier })),
      ...Array.from({ length: 5 }, () => clientCredentials(acme, { scope: 'stock:read' })),
    ]);
    await platform.processes[0]?.killGroup();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const events = await platform.database.query(
      `SELECT type FROM audit_events WHERE tenant_id = $1 AND type = 'token.issued'`,
      [acme.id],
    );
    expect(events).toHaveLength(10);
  });
});
