import { Injectable, Logger } from '@nestjs/common';
import { ConfigError } from '../config/config.js';
import { isUnavailable } from '../database/database-error.js';
import type { TenantId } from '../database/tenant-id.js';
import { MasterKeyChange } from '../keys/master-key-change.js';
import { MasterKeyWrapper } from '../keys/master-key-wrapper.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { PlatformSettingsRepository } from './platform-settings.repository.js';

/** Checks the master key at start. With a wrong key no sealed value could be opened, and every request would fail. */
@Injectable()
export class MasterKeyCheck {
  private readonly logger = new Logger(MasterKeyCheck.name);

  constructor(
    private readonly settings: PlatformSettingsRepository,
    private readonly wrapper: MasterKeyWrapper,
    private readonly change: MasterKeyChange,
    private readonly vault: TenantVault,
  ) {}

  /** @throws ConfigError when the key is not the one that wraps in this database, nor its successor */
  async check(): Promise<void> {
    const { current, previous } = this.wrapper;
    await this.settings.create('master_key_print', current.print);
    const { print, unfinished } = await this.change.findState();
    if (print === previous?.print) {
      this.logger.warn('MASTER_KEY_PREVIOUS still wraps; once every process has both, run: npx tenantry keys rewrap');
      return;
    }
    if (print !== current.print) {
      throw new ConfigError([
        'MASTER_KEY is not the one this database was set up with, so the keys of its tenants cannot be opened. ' +
          'Set the right one; in development it is kept in DATA_DIR. To change it, set the one before as ' +
          'MASTER_KEY_PREVIOUS.',
      ]);
    }
    if (unfinished && !previous) {
      throw new ConfigError([
        'Some keys of tenants are still under the MASTER_KEY of before. Set that one as MASTER_KEY_PREVIOUS, and run ' +
          'npx tenantry keys rewrap to its end.',
      ]);
    }
  }

  /**
   * Checks that a data key can be opened; a database restored from two backups may hold keys wrapped under another
   * master key.
   * @throws ConfigError
   */
  async checkOpens(tenantId: TenantId): Promise<void> {
    try {
      await this.vault.deriveKey(tenantId, 'check at start');
    } catch (error) {
      if (isUnavailable(error)) throw error;
      throw new ConfigError([
        `MASTER_KEY does not open the stored keys of tenant system (${(error as Error).message}). Set the one they ` +
          'were wrapped with, or restore the tables tenant_data_keys and platform_settings from the same backup.',
      ]);
    }
  }
}
