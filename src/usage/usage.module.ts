import { Module } from '@nestjs/common';
import { DailyUsageRepository } from './daily-usage.repository.js';

/** What tenants did, day by day. */
@Module({ providers: [DailyUsageRepository], exports: [DailyUsageRepository] })
export class UsageModule {}
