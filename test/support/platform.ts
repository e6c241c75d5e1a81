import { randomBytes } from 'node:crypto';
import type { AppOptions } from '../../src/app.module.js';
import { type Application, createApplication } from '../../src/application.js';
import { BootstrapService } from '../../src/bootstrap/bootstrap.service.js';
import type { ConnectionLimits } from '../../src/http/connections.js';
import type { NetworkLimitRates } from '../../src/limits/network-limits.js';
import type { Config } from '../../src/config/config.js';
import type { GrantHandler } from '../../src/grants/grant-handler.js';
import { RUNTIME_ROLE } from '../../src/database/runtime-role.js';
import type { Type } from '@nestjs/common';
import { freePort } from '../../scripts/free-port.js';
import { type TestDatabase, createTestDatabase } from './database.js';
import { checkEvents } from './catalogued.js';
import { ManagementClient } from './management-client.js';
import { rsaKeysFor } from './rsa-keys.js';

export { freePort };

export interface Platform {
  readonly application: Application;
  readonly config: Config;
  readonly database: TestDatabase;
  /** Origin of path-addressed tenants. */
  readonly url: string;
  /** The management API as the operator. */
  readonly operator: ManagementClient;
  stop(): Promise<void>;
}

export interface PlatformOptions {
  readonly grants?: readonly Type<GrantHandler>[];
  readonly authorizationSteps?: AppOptions['authorizationSteps'];
  readonly factors?: AppOptions['factors'];
  readonly interactionSteps?: AppOptions['interactionSteps'];
  readonly fastLane?: boolean;
  readonly config?: Partial<Config>;
  /** Another way to its database: takes the address, gives that of a proxy. */
  readonly reach?: (databaseUrl: string) => Promise<string>;
  readonly connections?: Partial<ConnectionLimits>;
  readonly limits?: Partial<NetworkLimitRates>;
  /** Where a built console is. */
  readonly consoleFolder?: string;
  /** A second process on the same database. */
  readonly beside?: Platform;
  /** One that has data already; it is dropped in the end like any other. */
  readonly database?: TestDatabase;
  /** The test writes rows of its own into the log, which are not as the catalogue describes them. */
  readonly makesUpEvents?: true;
}

export const OPERATOR_SECRET = randomBytes(32).toString('base64url');

/** The whole application, listening, on a database of its own (or on that of another one). */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const database = options.beside?.database ?? options.database ?? (await createTestDatabase());
  const port = await freePort();
  const config: Config = options.beside
    ? { ...options.beside.config, ...options.config, listen: { host: '127.0.0.1', port } }
    : { ...testConfig(port), ...options.config };
  const application = await createApplication({
    config,
    database: {
      url: (await options.reach?.(database.url)) ?? database.url,
      role: RUNTIME_ROLE,
      maxConnections: config.databasePoolSize,
    },
    grants: options.grants ?? [],
    makeRsaKey: rsaKeysFor(database),
    logLevel: process.env['TEST_LOG'] ?? 'silent',
    ...(options.authorizationSteps && { authorizationSteps: options.authorizationSteps }),
    ...(options.factors && { factors: options.factors }),
    ...(options.interactionSteps && { interactionSteps: options.interactionSteps }),
    ...(options.fastLane !== undefined && { fastLane: options.fastLane }),
    ...(options.limits && { limits: options.limits }),
    ...(options.consoleFolder !== undefined && { consoleFolder: options.consoleFolder }),
    ...(options.connections && { connections: options.connections }),
  });
  if (!options.beside) await application.nest.get(BootstrapService).run();
  await application.listen();
  const url = `http://localhost:${config.listen.port}`;
  return {
    application,
    config,
    database,
    url,
    operator: options.beside?.operator ?? (await ManagementClient.login(url, OPERATOR_SECRET)),
    stop: async () => {
      await application.close();
      if (options.beside) return;
      const checked = options.makesUpEvents ? Promise.resolve() : checkEvents(database);
      await checked.finally(() => database.drop());
    },
  };
}

export function testConfig(port: number): Config {
  return {
    production: false,
    listen: { host: '127.0.0.1', port },
    publicUrl: `http://localhost:${port}`,
    tenantHostSuffix: 'localhost',
    databaseUrl: undefined,
    databaseOwnerUrl: undefined,
    databaseServeAsOwner: false,
    dataDir: '/nonexistent',
    masterKey: Buffer.alloc(32, 7),
    masterKeyPrevious: undefined,
    bootstrap: { clientSecret: OPERATOR_SECRET, adminPassword: 'operators-first-password-3141' },
    trustProxy: false,
    databasePoolSize: 10,
    tenantCacheMb: 64,
    logLevel: 'info',
    metricsPort: undefined,
    traces: false,
    smtp: undefined,
    mailFrom: { address: 'no-reply@id.example.com', addresses: ['no-reply@id.example.com'], domains: [] },
    auditRetentionDays: 3650,
    webhooksAllowedNetworks: [],
    managementOrigins: [],
    // Nobody listens there, so no test asks the internet.
    domainResolvers: ['127.0.0.1:9'],
    domainGraceDays: 7,
    tenantDeletionDays: 30,
    breachedPasswords: { file: undefined, rangeUrl: undefined },
    workers: 1,
    development: undefined,
  };
}
