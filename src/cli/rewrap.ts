import { ConfigError } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { CliError } from './installation.js';

/** `tenantry keys rewrap`: moves every tenant's data key from `MASTER_KEY_PREVIOUS` to `MASTER_KEY`. */
export async function rewrapKeys(): Promise<string> {
  try {
    const config = loadConfig();
    if (!config.databaseUrl)
      throw new CliError(
        'DATABASE_URL is not set. This command changes the database directly: run it with the environment of the platform.',
      );
    if (!config.masterKeyPrevious) {
      throw new CliError(
        'MASTER_KEY_PREVIOUS is not set: it is the key of before, and MASTER_KEY the new one. Run this with the ' +
          'environment of the platform, once every process of it has both.',
      );
    }
    await import('reflect-metadata');
    const { createApplication } = await import('../application.js');
    const { MasterKeyCheck } = await import('../bootstrap/master-key-check.js');
    const { MasterKeyChange } = await import('../keys/master-key-change.js');
    const { settingsFor } = await import('../process/database-connection.js');
    const database = await settingsFor(config.databaseUrl, config);
    const application = await createApplication({ config, database, logLevel: 'error' });
    try {
      await application.nest.get(MasterKeyCheck).check();
      const moved = await application.nest.get(MasterKeyChange).rewrap();
      return `${moved} data keys were moved to the new MASTER_KEY. Remove MASTER_KEY_PREVIOUS at the next restart.`;
    } finally {
      await application.close();
    }
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(error.message);
    throw error;
  }
}
