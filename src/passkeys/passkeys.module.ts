import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { PasskeyAuthentication } from './passkey-authentication.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyVerifier } from './passkey-verifier.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PasskeysService } from './passkeys.service.js';

/** Passkeys of users: how they are made, and what they prove. */
@Module({
  imports: [KeysModule],
  providers: [PasskeysRepository, PasskeyChallenges, PasskeyVerifier, PasskeysService, PasskeyAuthentication],
  exports: [PasskeysService, PasskeyAuthentication, PasskeysRepository],
})
export class PasskeysModule {}
