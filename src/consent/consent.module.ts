import { Module } from '@nestjs/common';
import { ConsentService } from './consent.service.js';
import { ConsentsRepository } from './consents.repository.js';

/** What users allowed which clients. */
@Module({
  providers: [ConsentsRepository, ConsentService],
  exports: [ConsentService],
})
export class ConsentModule {}
