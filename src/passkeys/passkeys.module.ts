import { Module } from '@nestjs/common';
import { FactorsModule } from '../factors/factors.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PasskeyAuthentication } from './passkey-authentication.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyVerifier } from './passkey-verifier.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';

/** Passkeys of users: how they are made, and what they prove. */
@Module({
  imports: [KeysModule, FactorsModule, NoticesModule],
  providers: [PasskeysRepository, PasskeyChallenges, PasskeyVerifier, PasskeysService, PasskeyAuthentication],
  exports: [PasskeysService, PasskeyAuthentication, PasskeysRepository],
})
export class PasskeysModule {}
