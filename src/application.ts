import { once } from 'node:events';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { AppModule, type AppOptions } from './app.module.js';
import { clientAddressReader, proxyTrust } from './http/client-address.js';
import type { ConnectionLimits } from './http/connections.js';
import { corsFor } from './http/cors.js';
import { type FrontDoor, PlatformAdapter } from './http/platform-adapter.js';
import { securityHeaders } from './http/security-headers.js';
import { ApiDescription } from './management/openapi/api-description.js';
import { NestLogger, createLoggers } from './observability/logger.js';
import { registerSources } from './observability/metric-sources.js';
import type { Metrics } from './observability/metrics.js';
import { RequestLog } from './observability/request-log.js';
import { FastLane } from './protocol/fast-lane.js';
import { LastErrorFilter } from './last-error.filter.js';
import { AddressLocator } from './tenants/address-locator.js';

export interface Application {
  readonly nest: NestExpressApplication;
  /** Present when METRICS_PORT is set. */
  readonly metrics: Metrics | undefined;
  /** Listens; resolves with the port. */
  listen(): Promise<number>;
  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/** The whole application, ready to listen. `fastLane: false` sends every request through Express, for comparison. */
export async function createApplication(
  options: AppOptions & {
    readonly logLevel?: string;
    readonly fastLane?: boolean;
    readonly connections?: Partial<ConnectionLimits>;
    /** One that listens already, and opens its door to the application with `listen`. */
    readonly adapter?: PlatformAdapter;
  },
): Promise<Application> {
  const { config } = options;
  const loggers = createLoggers(options.logLevel ?? 'info');
  const adapter = options.adapter ?? new PlatformAdapter(options.connections);
  const nest = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(options), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(loggers.events),
  });
  const metrics = config.metricsPort === undefined ? undefined : await createMetrics(nest);
  const tracing = config.traces ? new (await import('./observability/tracing.js')).Tracing() : undefined;
  const requestLog = new RequestLog(loggers.requests);
  const headers = securityHeaders(config.publicUrl);
  const trust = proxyTrust(config.trustProxy);
  const readAddress = clientAddressReader(trust);
  const addresses = nest.get(AddressLocator);
  const serve = options.fastLane === false ? () => false : nest.get(FastLane).open(headers);

  nest.enableCors(corsFor(config.managementOrigins));
  nest.use((_: Request, response: Response, next: NextFunction) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  });
  nest.useGlobalFilters(nest.get(LastErrorFilter));
  nest.get(ApiDescription).describe(nest);
  await nest.init();
  const frontDoor: FrontDoor = {
    headers,
    trust,
    locate: (host, url) => addresses.locate(host, url),
    begin: (request, response, { address, url }) => {
      request.clientAddress = readAddress(request);
      const path = pathOf(url);
      requestLog.begin(request, response, { tenant: address?.slug, path });
      metrics?.observe(request, response, path);
    },
    within:
      tracing &&
      ((request, response, { address, url }, handle) =>
        tracing.run(request, response, { tenant: address?.slug, path: pathOf(url) }, handle)),
    fastLane: serve,
  };
  return {
    nest,
    metrics,
    listen: async () => {
      adapter.openFrontDoor(frontDoor);
      const server: Server = nest.getHttpServer();
      // Not by Nest, which logs a failure beside the sentence that explains it.
      if (!server.listening) await once(server.listen(config.listen.port, config.listen.host), 'listening');
      return (server.address() as { port: number }).port;
    },
    close: async () => {
      await nest.close();
      requestLog.close();
      metrics?.close();
      await tracing?.close();
    },
  };
}

async function createMetrics(nest: NestExpressApplication): Promise<Metrics> {
  const { Metrics: Created } = await import('./observability/metrics.js');
  const metrics = await Created.create();
  registerSources(metrics, nest);
  return metrics;
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
