import { describe, expect, it } from '@jest/globals';
import { BootstrapService } from '../../src/bootstrap/bootstrap.service.js';
import { givenPlatform } from '../support/given.js';

const platform = givenPlatform();

const start = () => platform.application.nest.get(BootstrapService).run();

async function scopes(): Promise<string[]> {
  const client = await platform.operator.get<{ scope: string }>('/tenants/system/clients/operator');
  return client.scope.split(' ');
}

/** As an installation looks whose version did not have this scope yet. */
async function forget(scope: string): Promise<void> {
  await withdraw(scope);
  await platform.database.query(
    `UPDATE platform_settings SET value = value - $1 WHERE name = 'operator_scopes_given'`,
    [scope],
  );
}

async function withdraw(scope: string): Promise<void> {
  const kept = (await scopes()).filter((name) => name !== scope);
  const permissions = [{ api: `${platform.config.publicUrl}/api`, scopes: kept }];
  await platform.operator.patch('/tenants/system/clients/operator', { permissions });
}

describe('A management scope that an upgrade adds', () => {
  it("is given to the operator's client by the next start, once", async () => {
    await forget('consents:write');
    expect(await scopes()).not.toContain('consents:write');
    await start();
    expect(await scopes()).toContain('consents:write');
  });

  it('stays away when an operator took it away', async () => {
    await withdraw('consents:write');
    await start();
    await start();
    expect(await scopes()).not.toContain('consents:write');
  });

  it('is not taken for new where nothing was recorded yet', async () => {
    await platform.database.query(`DELETE FROM platform_settings WHERE name = 'operator_scopes_given'`);
    await start();
    expect(await scopes()).not.toContain('consents:write');
  });
});
