import type { DevelopmentSecrets } from '../../src/config/config.js';
import type { TourStop } from '../../scripts/page-tour.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.js';

const PASSWORDS = { acme: 'seven ravens over the harbour', globex: 'twelve kettles behind a fence' };
const SECRET = 'a-secret-of-the-demo-for-tests-only';

/** The demo tenants with their looks and languages, and one application that both know as `web`. */
export interface DemoPlatform {
  readonly platform: Platform;
  readonly relyingParty: RelyingParty;
  /** The tenant with an application of its own, at its path or host. */
  tenant(slug: 'acme' | 'globex', kind: 'path' | 'host'): TourStop;
  stop(): Promise<void>;
}

export async function startDemoPlatform(): Promise<DemoPlatform> {
  const demoOf = (slug: 'acme' | 'globex') => ({
    alicePassword: PASSWORDS[slug],
    webClientSecret: `${SECRET}-${slug}-web`,
    machineClientSecret: `${SECRET}-${slug}-machine`,
  });
  const development: DevelopmentSecrets = {
    masterKey: '',
    bootstrapClientSecret: '',
    bootstrapAdminPassword: '',
    demo: { acme: demoOf('acme'), globex: demoOf('globex') },
  };
  const platform = await startPlatform({ config: { development } });
  const relyingParty = await startRelyingParty();
  for (const slug of ['acme', 'globex']) {
    await platform.operator.patch(`/tenants/${slug}/clients/web`, {
      redirect_uris: [relyingParty.callback],
      post_logout_redirect_uris: [relyingParty.signedOut],
    });
  }
  // Globex wants a second factor; a suite that is about it has people of its own.
  await platform.operator.patch('/tenants/globex', { policy: { second_factor: 'optional' } });
  const expireRequests = async () => {
    await platform.database.query(`UPDATE authorization_requests SET expires_at = now() - interval '1 second'`);
  };
  return {
    platform,
    relyingParty,
    tenant: (slug, kind) => ({
      issuer: kind === 'path' ? `${platform.url}/t/${slug}` : platform.url.replace('localhost', `${slug}.localhost`),
      clientId: 'web',
      redirectUri: relyingParty.callback,
      scope: 'openid profile email offline_access orders:read orders:write',
      password: PASSWORDS[slug],
      mailbox: `${platform.url}/dev/mail`,
      expireRequests,
    }),
    stop: async () => {
      relyingParty.close();
      await platform.stop();
    },
  };
}
