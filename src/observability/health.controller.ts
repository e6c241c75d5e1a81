import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { HealthService } from './health.service.js';

/** For whoever restarts or routes around this process; says nothing of hosts, names or errors inside. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** The process runs: if this fails, restart it. */
  @Get('live')
  @Header('Cache-Control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /** It can serve: if this fails, send requests elsewhere. Names the part of the database that is missing. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response) {
    const { ready, ...parts } = await this.health.examine();
    response.status(ready ? 200 : 503);
    if (!ready) response.setHeader('Retry-After', '1');
    return { status: ready ? 'ok' : 'unavailable', ...parts };
  }
}
