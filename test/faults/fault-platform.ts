import { TestBrowser } from '../support/browser.js';
import { ManagementClient } from '../support/management-client.js';
import { OPERATOR_SECRET, freePort } from '../support/platform.js';
import { type ProcessEnd, PlatformProcess } from '../support/process.js';
import { productionEnv } from '../support/production.js';
import { type TenantFixture, authorize, createTenant, pkce, SPA_REDIRECT } from '../support/tenant-fixture.js';
import type { FaultDatabase } from './fault-database.js';
import { ProcessWatch } from './process-watch.js';

export type Beside = { stop(): Promise<ProcessEnd> } | { readonly code: number | null; readonly errors: string };

/** What the load asks users for: a refresh token and access to an API. */
export const USER_SCOPE = 'openid offline_access orders:read';

/** The platform in production mode, as its own processes, with one tenant that load can be put on. */
export class FaultPlatform {
  process: PlatformProcess;
  watch: ProcessWatch;

  private constructor(
    readonly port: number,
    readonly workers: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.process = new PlatformProcess({ env });
    this.watch = new ProcessWatch(this.process.pid);
  }

  /** Resolves when it is ready. */
  static async start(
    database: FaultDatabase,
    workers: number,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<FaultPlatform> {
    const port = await freePort();
    const publicUrl = `http://id.tenantry.test:${port}`;
    const platform = new FaultPlatform(port, workers, {
      ...productionEnv({ databaseUrl: database.servingUrl, ownerUrl: database.ownerUrl, publicUrl }),
      PORT: String(port),
      WORKERS: String(workers),
      TENANT_HOST_SUFFIX: 'id.tenantry.test',
      LOG_LEVEL: 'warn',
      // Each request of the load names its own client address, by which its audit events are found.
      TRUST_PROXY: '1',
      ...settings,
    });
    await platform.process.ready();
    return platform;
  }

  get url(): string {
    return `http://id.tenantry.test:${this.port}`;
  }

  login(): Promise<ManagementClient> {
    return ManagementClient.login(this.url, OPERATOR_SECRET);
  }

  async createTenant(slug: string): Promise<TenantFixture> {
    const operator = await this.login();
    return createTenant({ operator }, slug);
  }

  /** The same installation again, after its process has ended. */
  async startAgain(): Promise<void> {
    this.watch.stop();
    this.process = new PlatformProcess({ env: this.env });
    this.watch = new ProcessWatch(this.process.pid);
    await this.process.ready();
  }

  /** One more process of one worker on the same database, at a port of its own. @returns how it ended if it did not start */
  async startBeside(): Promise<Beside> {
    const beside = new PlatformProcess({ env: { ...this.env, WORKERS: '1', PORT: String(await freePort()) } });
    return beside.ready().then(
      () => ({ stop: () => beside.stop() }),
      async () => ({ code: (await beside.ended).code, errors: beside.errors }),
    );
  }

  /** By SIGTERM, as a deployment does. */
  async stop(): Promise<ProcessEnd> {
    for (const pid of [this.process.pid, ...this.watch.serving]) this.watch.expectEnd(pid);
    const end = await this.process.stop();
    this.watch.stop();
    return end;
  }
}

/** Alice's cookies at this tenant, with her consent to both clients of the load. */
export async function signIn(tenant: TenantFixture): Promise<string> {
  const browser = new TestBrowser();
  const { challenge } = pkce();
  const request = { scope: USER_SCOPE, code_challenge: challenge, code_challenge_method: 'S256' };
  await authorize(tenant.issuer, request, browser);
  await authorize(tenant.issuer, { ...request, client_id: 'spa', redirect_uri: SPA_REDIRECT }, browser);
  return browser.cookieHeader(`${tenant.issuer}/authorize`);
}
