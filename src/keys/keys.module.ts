import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KEY_WRAPPER } from './key-wrapper.js';
import { KeyProvision } from './key-provision.js';
import { KeyRotation } from './key-rotation.js';
import { Keyring } from './keyring.js';
import { DataKeysRepository } from './data-keys.repository.js';
import { MasterKeyChange } from './master-key-change.js';
import { MasterKeyWrapper } from './master-key-wrapper.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';
import { TenantVault } from './tenant-vault.js';

/** Signing keys per tenant: sealed at rest, rotated, imported once. */
@Module({
  imports: [TypeOrmModule.forFeature([SigningKeyEntity])],
  providers: [
    MasterKeyWrapper,
    { provide: KEY_WRAPPER, useExisting: MasterKeyWrapper },
    MasterKeyChange,
    DataKeysRepository,
    TenantVault,
    SigningKeysRepository,
    KeyProvision,
    KeyRotation,
    Keyring,
  ],
  exports: [MasterKeyWrapper, MasterKeyChange, TenantVault, KeyProvision, KeyRotation, Keyring, SigningKeysRepository],
})
export class KeysModule {}
