import { describe, expect, it } from '@jest/globals';
import { BootstrapService } from '../../src/bootstrap/bootstrap.service.js';
import { givenPlatform } from '../support/given.js';
import { randomPassword } from '../../src/crypto/random.js';

const secrets = () => ({
  alicePassword: randomPassword(),
  webClientSecret: 'w'.repeat(43),
  machineClientSecret: 'm'.repeat(43),
});
const platform = givenPlatform({
  config: {
    development: {
      masterKey: '',
      bootstrapClientSecret: '',
      bootstrapAdminPassword: '',
      demo: { acme: secrets(), globex: secrets() },
    },
  },
});

const seedAt = (demoOrigin?: string) => {
  const told: (readonly string[])[] = [];
  const onSuspended = (slugs: readonly string[]) => void told.push(slugs);
  return platform.application.nest
    .get(BootstrapService)
    .run({ demoOrigin, onSuspended })
    .then(() => told);
};
const web = () =>
  platform.operator.get<{ redirect_uris: string[]; post_logout_redirect_uris: string[]; client_uri: string }>(
    '/tenants/acme/clients/web',
  );

describe('the demo', () => {
  it('is registered where it runs, follows when it moves, and leaves what others registered', async () => {
    const own = 'http://127.0.0.1:9999/callback';
    expect((await web()).redirect_uris).toEqual(['http://127.0.0.1:4180/callback']);
    await platform.operator.patch('/tenants/acme/clients/web', {
      redirect_uris: ['http://127.0.0.1:4180/callback', own],
    });
    for (const origin of ['http://127.0.0.1:5001', 'http://127.0.0.1:5002', 'http://127.0.0.1:4180']) {
      await seedAt(origin);
      const client = await web();
      const addresses = new Set(['http://127.0.0.1:4180', origin]);
      expect(new Set(client.redirect_uris)).toEqual(new Set([...[...addresses].map((one) => `${one}/callback`), own]));
      expect(new Set(client.post_logout_redirect_uris)).toEqual(new Set([...addresses].map((one) => `${one}/`)));
      expect(client).toMatchObject({ client_uri: origin, initiate_login_uri: `${origin}/` });
    }
  });

  it('says which of its tenants are suspended', async () => {
    expect(await seedAt()).toEqual([[]]);
    await platform.operator.patch('/tenants/globex', { status: 'suspended' });
    expect(await seedAt()).toEqual([['globex']]);
  });
});
