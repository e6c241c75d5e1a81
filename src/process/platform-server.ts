import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Application, createApplication } from '../application.js';
import { type BootstrapOptions, BootstrapService } from '../bootstrap/bootstrap.service.js';
import { type Config, ConfigError } from '../config/config.js';
import type { DatabaseSettings } from '../database/database-settings.js';
import { withClient } from '../database/migrate.js';
import { UnreachableDatabaseError } from '../database/unreachable-database.error.js';
import { PlatformAdapter } from '../http/platform-adapter.js';
import { AuditStreams } from '../management/audit-events/audit-streams.js';
import { HealthService } from '../observability/health.service.js';
import { readRunning } from '../config/running-file.js';
import { queueServed } from './accept-queue.js';
import type { Part } from './lifecycle.js';
import { type Persistence, persist } from './persist.js';
import { SecondListener } from './second-listener.js';

/** Balancers notice within this time that the process is no longer ready. */
const DRAIN_MS = 500;
/** Whatever is not finished by then is given up. */
const SHUTDOWN_LIMIT_MS = 10_000;
/**
 * A start that takes longer than this hangs, although every statement has a deadline of its own. It is begun anew then,
 * so a busy machine on which many processes start must be done before.
 */
const START_LIMIT_MS = 120_000;

/**
 * The listener of this process, and behind it the application as soon as there is a database. One that listens before is
 * alive, not ready, and answers 503.
 */
export class PlatformServer implements Part {
  private adapter = new PlatformAdapter();
  private application: Application | undefined;
  private second: SecondListener | undefined;
  private listening: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  /** @param listenerClosed until no connection comes any more, after this process took its last */
  constructor(
    private readonly config: Config,
    private readonly listenerClosed: () => Promise<void> = async () => undefined,
  ) {
    this.adapter.initHttpServer();
  }

  /** Before it can serve. Idempotent. @throws ConfigError that says why PORT or HOST cannot be had */
  async listen(): Promise<void> {
    this.listening ??= this.open(() => this.openListener());
    await this.listening;
  }

  /**
   * Serves; listens when it does not yet. With `bootstrap` it first makes sure that the platform has what it needs.
   * @throws ConfigError as above
   */
  async serve(
    database: DatabaseSettings,
    { bootstrap, ...persistence }: Persistence & { readonly bootstrap?: BootstrapOptions },
  ): Promise<Application> {
    const application = await persist(persistence, () => this.create(database));
    if (bootstrap) await persist(persistence, () => application.nest.get(BootstrapService).run(bootstrap));
    await this.listening;
    persistence.signal.throwIfAborted();
    this.listening = this.open(() => application.listen());
    await this.listening;
    return application;
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.stopAll());
  }

  /** The listener by `first`, and that of the second address where there is one. */
  private async open(first: () => Promise<unknown>): Promise<void> {
    const { host, port, also } = this.config.listen;
    await first().catch((error: unknown) => {
      throw explain(error, this.config, host);
    });
    if (also === undefined) return;
    try {
      this.second ??= await SecondListener.listen(this.adapter.getHttpServer(), { host: also, port });
    } catch (error) {
      throw explain(error, this.config, also);
    }
  }

  private async openListener(): Promise<void> {
    const { host, port } = this.config.listen;
    const server: Server = this.adapter.getHttpServer();
    server.listen(port, host);
    await once(server, 'listening');
  }

  private async create(database: DatabaseSettings): Promise<Application> {
    // Cheaper to find out, and to repeat, than by an application that comes up half.
    await withClient(database.url, 'tenantry', (client) => client.query('SELECT 1'));
    const { config, adapter } = this;
    const creating = createApplication({ config, database, logLevel: config.logLevel, adapter });
    try {
      this.application = await within(START_LIMIT_MS, creating);
    } catch (error) {
      this.adapter = adapter.successor();
      void creating.then((late) => late.close()).catch(() => undefined);
      throw error;
    }
    return this.application;
  }

  private async stopAll(): Promise<void> {
    const { application } = this;
    if (!application) {
      const server: Server = this.adapter.getHttpServer();
      this.second?.stopListening();
      server.close();
      server.closeAllConnections();
      return;
    }
    application.nest.get(HealthService).stop();
    if (this.config.production) await delay(DRAIN_MS);
    // Answers that end by nothing else.
    application.nest.get(AuditStreams).close();
    const finished = this.finish(application).then(() => true);
    if (await Promise.race([finished, delay(SHUTDOWN_LIMIT_MS, false, { ref: false })])) return;
    process.stderr.write(`Requests were not finished within ${SHUTDOWN_LIMIT_MS / 1000} seconds and are given up.\n`);
  }

  /** What is in the listener's queue, then what is under way, and then the rest. */
  private async finish(application: Application): Promise<void> {
    await Promise.all([queueServed(this.adapter.getHttpServer()), this.second?.queueServed()]);
    this.adapter.stopListening();
    this.second?.stopListening();
    await this.listenerClosed();
    await this.adapter.whileClosingIdle(async () => this.second?.finished());
    await application.close();
  }
}

/** Makes sure the platform has what it needs, without serving. */
export async function bootstrapOnly(
  config: Config,
  database: DatabaseSettings,
  options: BootstrapOptions,
): Promise<void> {
  const application = await within(START_LIMIT_MS, createApplication({ config, database, logLevel: config.logLevel }));
  try {
    await within(START_LIMIT_MS, application.nest.get(BootstrapService).run(options));
  } finally {
    await Promise.race([application.close(), delay(SHUTDOWN_LIMIT_MS, undefined, { ref: false })]);
  }
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const late = delay(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new UnreachableDatabaseError([`The start did not end within ${milliseconds / 1000} seconds.`]);
  });
  late.catch(() => undefined);
  return Promise.race([work, late]).finally(() => timer.abort());
}

function explain(error: unknown, { listen, dataDir }: Config, host: string): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') {
    const running = readRunning(dataDir);
    const other = `PORT=${listen.port < 65_535 ? listen.port + 1 : 3000}`;
    return new ConfigError([
      running && new URL(running.url).port === String(listen.port)
        ? `This platform runs already, at ${running.url} (process ${running.pid}). Use it, or stop it first.`
        : `PORT ${listen.port} is in use on ${host}; set another one, such as ${other}.`,
    ]);
  }
  if (code === 'EACCES') return new ConfigError([`PORT ${listen.port} may not be used by this user; choose another.`]);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new ConfigError([`HOST ${host} is not known to this machine's resolver; use an IP address.`]);
  if (code === 'EADDRNOTAVAIL') return new ConfigError([`HOST ${host} is not an address of this machine.`]);
  return error;
}
