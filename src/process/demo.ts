import type { Server as HttpServer } from 'node:http';
import { DEMO_TENANTS } from '../bootstrap/demo-tenants.js';
import { type Config, DEMO_ORIGIN } from '../config/config.js';
import type { DemoSettings } from '../demo/demo-settings.js';
import type { Part } from './lifecycle.js';

const RELYING_PARTY_PORT = Number(new URL(DEMO_ORIGIN).port);
/** The demo of this process. */
export interface Demo extends Part {
  /** The application runs here, and not perhaps at another platform that was faster to take its port. */
  readonly hasApplication: boolean;
}

const ORDERS_API_PORT = RELYING_PARTY_PORT + 1;

/**
 * Starts the demo application and its API, as strangers that only know addresses and their own credentials. They need
 * packages that production does not install, so they are loaded here and nowhere else.
 */
export async function startDemo(config: Config): Promise<Demo> {
  const { development } = config;
  if (!development) return { hasApplication: false, stop: async () => undefined };
  const settings: DemoSettings = {
    tenants: DEMO_TENANTS.map(({ slug, displayName }) => ({
      slug,
      name: displayName,
      issuer: `${config.publicUrl}/t/${slug}`,
      clientId: 'web',
      clientSecret: development.demo[slug].webClientSecret,
      api: `https://api.${slug}.example`,
    })),
    relyingParty: { port: RELYING_PARTY_PORT },
    ordersApi: { port: ORDERS_API_PORT },
  };
  const { startOrdersApi } = await import('../demo/orders-api.js');
  const { startRelyingParty } = await import('../demo/relying-party.js');
  const [api, application] = await Promise.all([
    unlessPortIsTaken(startOrdersApi(settings), ORDERS_API_PORT),
    unlessPortIsTaken(startRelyingParty(settings), RELYING_PARTY_PORT),
  ]);
  return {
    hasApplication: application !== undefined,
    stop: async () => {
      for (const server of [api, application]) {
        server?.closeAllConnections();
        server?.close();
      }
    },
  };
}

/** The platform does not depend on its demo. */
async function unlessPortIsTaken(server: Promise<HttpServer>, port: number): Promise<HttpServer | undefined> {
  try {
    return await server;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    process.stderr.write(`Port ${port} is in use, so this part of the demo does not run.\n`);
    return undefined;
  }
}
