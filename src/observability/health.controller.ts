import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { HealthService } from './health.service.js';

/** Health checks for process managers and load balancers. They reveal no hosts, names or internal errors. */
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** Liveness: when it fails, the process should be restarted. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /**
   * Readiness: when it fails, requests should go to another process. It names the part of the database that is missing.
   */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response) {
    const { ready, ...parts } = await this.health.examine();
    response.status(ready ? 200 : 503);
    if (!ready) response.setHeader('Retry-After', '1');
    return { status: ready ? 'ok' : 'unavailable', ...parts };
  }
}
