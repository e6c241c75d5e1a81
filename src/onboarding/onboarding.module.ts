import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { ReadinessReport } from './readiness-report.js';
import { ReadinessRepository } from './readiness.repository.js';

/** What a new tenant needs before its people can sign in. */
@Module({
  imports: [TenantsModule, KeysModule],
  providers: [ReadinessRepository, ReadinessReport],
  exports: [ReadinessReport],
})
export class OnboardingModule {}
