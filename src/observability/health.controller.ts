import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { HealthService } from './health.service.js';

/** For whoever restarts or routes around this process; says nothing about what is inside. */
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

  /** It can serve: if this fails, send requests elsewhere. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response) {
    const ready = await this.health.isReady();
    response.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'unavailable' };
  }
}
