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
import { RequestLog } from './observability/request-log.js';
import { FastLane } from './protocol/fast-lane.js';
import { LastErrorFilter } from './last-error.filter.js';
import { TenantAddresses } from './tenants/tenant-addresses.js';

export interface Application {
  readonly nest: NestExpressApplication;
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
    fastLane: serve,
  };
  return {
    nest,
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
    },
  };
}
