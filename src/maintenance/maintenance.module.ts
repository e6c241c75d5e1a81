import { Module } from '@nestjs/common';
import { Sweeper } from './sweeper.js';

/** What is done from time to time. */
@Module({ providers: [Sweeper], exports: [Sweeper] })
export class MaintenanceModule {}
