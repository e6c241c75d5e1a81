import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RememberedDevicesRepository } from './remembered-devices.repository.js';
import { UserFactorsRepository } from './user-factors.repository.js';

/** What is kept of second factors. */
@Module({
  imports: [KeysModule],
  providers: [UserFactorsRepository, RememberedDevicesRepository, RecoveryCodes],
  exports: [UserFactorsRepository, RememberedDevicesRepository, RecoveryCodes, KeysModule],
})
export class FactorsModule {}
