import { DEMO_TENANTS } from '../bootstrap/demo-tenants.js';
import { type Config, DEMO_ORIGIN } from '../config/config.js';
import type { DemoSettings } from '../demo/demo-settings.js';
import type { Part } from './lifecycle.js';

/** The demo of this process. */
export interface Demo extends Part {
  /** Where its application runs; undefined in production. */
  readonly origin: string | undefined;
}

const RELYING_PARTY_PORT = Number(new URL(DEMO_ORIGIN).port);
const ORDERS_API_PORT = RELYING_PARTY_PORT + 1;

/**
 * Starts the demo application and its API, as strangers that only know addresses and their own credentials. They need
 * packages that production does not install, so they are loaded here and nowhere else. Both take another port when
 * theirs is taken.
 */
export async function startDemo(config: Config): Promise<Demo> {
  const { development } = config;
  if (!development) return { origin: undefined, stop: async () => undefined };
  const settings: DemoSettings = {
    tenants: DEMO_TENANTS.map(({ slug, displayName, policy }) => ({
      slug,
      name: displayName,
      issuer: `${config.publicUrl}/t/${slug}`,
      clientId: 'web',
      clientSecret: development.demo[slug].webClientSecret,
      api: `https://api.${slug}.example`,
      offersSignUp: policy.signUp === 'open',
    })),
    platform: config.publicUrl,
    relyingParty: { port: RELYING_PARTY_PORT },
    ordersApi: { port: ORDERS_API_PORT },
  };
  const { portOf } = await import('../demo/listen.js');
  const { startOrdersApi } = await import('../demo/orders-api.js');
  const { startRelyingParty } = await import('../demo/relying-party.js');
  const api = await startOrdersApi(settings);
  const application = await startRelyingParty({ ...settings, ordersApi: { port: portOf(api) } });
  return {
    origin: `http://127.0.0.1:${portOf(application)}`,
    stop: async () => {
      for (const server of [api, application]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
