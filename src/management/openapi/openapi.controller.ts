import { Controller, Get, Header, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PlatformGuard } from '../../tenants/tenant.guard.js';
import { ApiDescription } from './api-description.js';
import { ProblemFilter } from '../kit/problem.filter.js';

@ApiExcludeController()
@UseGuards(PlatformGuard)
@UseFilters(ProblemFilter)
@Controller('api/v1')
export class OpenApiController {
  constructor(private readonly description: ApiDescription) {}

  /** The management API described in OpenAPI 3.1. Public, like the code it is made from. */
  @Get('openapi.json')
  @Header('Cache-Control', 'public, max-age=300')
  describe(): object {
    return this.description.document;
  }
}
