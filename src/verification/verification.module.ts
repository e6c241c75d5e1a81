import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { Verifications } from './verifications.js';
import { VerificationsRepository } from './verifications.repository.js';

/** Proof that a person reads the mail of an address. */
@Module({
  imports: [KeysModule],
  providers: [VerificationsRepository, Verifications],
  exports: [Verifications],
})
export class VerificationModule {}
