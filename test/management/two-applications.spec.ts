import { describe, expect, it } from '@jest/globals';
import { givenPlatform, givenTenant } from '../support/given.js';
import { startPlatform } from '../support/platform.js';
import { race, racingCall, times } from '../support/race.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

describe('Two applications in one process', () => {
  it('each authenticate callers of the management API themselves, also when the other one has ended', async () => {
    const { operator } = platform;
    const beside = await startPlatform({ beside: platform });
    const calls = times(20, () => racingCall(operator, 'GET', `/tenants/${acme.id}`));
    const both = await race([platform.config.listen.port, beside.config.listen.port], calls);
    expect(both.map(({ status }) => status)).toEqual(calls.map(() => 200));
    await beside.stop();
    const { id } = await operator.create<{ id: string }>('/tenants/acme/users', { username: 'afterwards' });
    expect(await operator.get(`/tenants/acme/users/${id}`)).toMatchObject({ username: 'afterwards' });
  });
});
