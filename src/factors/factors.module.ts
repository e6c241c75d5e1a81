import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RememberedDevicesRepository } from './remembered-devices.repository.js';
import { UserFactorsRepository } from './user-factors.repository.js';
import { UserFactorsService } from './user-factors.service.js';

/** What is kept of second factors. */
@Module({
  imports: [KeysModule],
  providers: [UserFactorsRepository, UserFactorsService, RememberedDevicesRepository, RecoveryCodes],
  exports: [UserFactorsRepository, UserFactorsService, RememberedDevicesRepository, RecoveryCodes, KeysModule],
})
export class FactorsModule {}
