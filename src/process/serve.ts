import { createApplication } from '../application.js';
import { BootstrapService } from '../bootstrap/bootstrap.service.js';
import { type Config, ConfigError } from '../config/config.js';
import type { DatabaseSettings } from '../database/database-settings.js';
import { HealthService } from '../observability/health.service.js';

/** Balancers notice within this time that the process is no longer ready. */
const DRAIN_MS = 500;
/** Whatever is not finished by then is given up. */
const SHUTDOWN_LIMIT_MS = 10_000;

export interface Server {
  /** Finishes the requests under way, then lets go. Idempotent. */
  stop(): Promise<void>;
}

/** Serves requests in this process. `bootstrap`: first makes sure that the platform has what it needs. */
export async function serve(
  config: Config,
  database: DatabaseSettings,
  { bootstrap }: { readonly bootstrap: boolean },
): Promise<Server> {
  const application = await createApplication({ config, database, logLevel: config.logLevel });
  try {
    if (bootstrap) await application.nest.get(BootstrapService).run();
    await application.listen();
  } catch (error) {
    await application.close();
    throw explain(error, config);
  }
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    application.nest.get(HealthService).stop();
    if (config.production) await delay(DRAIN_MS);
    await Promise.race([application.close(), delay(SHUTDOWN_LIMIT_MS)]);
  };
  return { stop: () => (stopping ??= stop()) };
}

/** Makes sure the platform has what it needs, without serving. */
export async function bootstrapOnly(config: Config, database: DatabaseSettings): Promise<void> {
  const application = await createApplication({ config, database, logLevel: config.logLevel });
  try {
    await application.nest.get(BootstrapService).run();
  } finally {
    await application.close();
  }
}

function explain(error: unknown, { listen }: Config): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return new ConfigError([`PORT ${listen.port} is in use on ${listen.host}; choose another.`]);
  if (code === 'EACCES') return new ConfigError([`PORT ${listen.port} may not be used by this user; choose another.`]);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new ConfigError([`HOST ${listen.host} is not known to this machine's resolver; use an IP address.`]);
  if (code === 'EADDRNOTAVAIL') return new ConfigError([`HOST ${listen.host} is not an address of this machine.`]);
  return error;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
}
