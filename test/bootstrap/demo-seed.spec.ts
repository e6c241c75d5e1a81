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

  it('gives what it shows to a data directory of before, and leaves what somebody decided', async () => {
    type Answer = { policy: { sign_up: string; second_factor: string } };
    const policyOf = async (slug: string) => (await platform.operator.get<Answer>(`/tenants/${slug}`)).policy;
    expect(await policyOf('acme')).toMatchObject({ sign_up: 'open', account_deletion: 'on' });
    expect(await policyOf('globex')).toMatchObject({ sign_up: 'invitation', second_factor: 'required' });

    await platform.database.query(`UPDATE tenants SET policy = '{}' WHERE slug = 'acme'`);
    await platform.operator.patch('/tenants/globex', { policy: { second_factor: 'off' } });
    await seedAt();
    expect(await policyOf('acme')).toMatchObject({ sign_up: 'open', account_deletion: 'on' });
    expect(await policyOf('globex')).toMatchObject({ sign_up: 'invitation', second_factor: 'off' });
  });

  it('says which of its tenants are suspended', async () => {
    expect(await seedAt()).toEqual([[]]);
    await platform.operator.patch('/tenants/globex', { status: 'suspended' });
    expect(await seedAt()).toEqual([['globex']]);
  });
});
