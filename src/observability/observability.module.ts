import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { InstallationController } from './installation.controller.js';

/** What operators see of a running process. */
@Module({
  controllers: [HealthController, InstallationController],
  providers: [HealthService],
  exports: [HealthService],
})
export class ObservabilityModule {}
