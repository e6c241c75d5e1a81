import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomPassword, randomSecret } from '../crypto/random.js';
import type { DemoSecrets, DevelopmentSecrets } from './config.js';
import { ConfigError } from './config.js';

const FILE_NAME = 'secrets.json';

/**
 * The secrets of a development installation. They are generated at the first start and stored in a file that only this
 * user can read. Later starts read them again, so that printed secrets stay valid.
 */
export function loadDevelopmentSecrets(dataDir: string): DevelopmentSecrets {
  const file = join(dataDir, FILE_NAME);
  if (existsSync(file)) return readSecrets(file);
  const secrets = generateSecrets();
  try {
    writeSecrets(dataDir, file, secrets);
  } catch (error) {
    const allowed = 'a directory that this user may make and write in';
    throw new ConfigError([
      `DATA_DIR is ${JSON.stringify(dataDir)}; allowed: ${allowed} (${(error as Error).message}).`,
    ]);
  }
  return secrets;
}

function writeSecrets(dataDir: string, file: string, secrets: DevelopmentSecrets): void {
  makeFolder(dataDir);
  // Written aside and renamed, so that a process killed here leaves no half-written file behind.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(draft, file);
}

/**
 * Creates a folder with its parents. The `recursive` option of Node.js never returns where a folder exists and accepts
 * no further ones, as in /proc.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** What lies in `dataDir`, if a development installation ever ran there. */
export function findDevelopmentSecrets(dataDir: string): DevelopmentSecrets | undefined {
  const file = join(dataDir, FILE_NAME);
  return existsSync(file) ? readSecrets(file) : undefined;
}

function readSecrets(file: string): DevelopmentSecrets {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentSecrets;
  } catch (cause) {
    throw new ConfigError([
      `${file} cannot be read (${(cause as Error).message}). It holds the generated secrets of this installation: ` +
        'restore it, or remove the whole directory to begin anew.',
    ]);
  }
}

function generateSecrets(): DevelopmentSecrets {
  return {
    masterKey: randomBytes(32).toString('base64'),
    bootstrapClientSecret: randomSecret(),
    bootstrapAdminPassword: randomPassword(),
    demo: { acme: demoSecrets(), globex: demoSecrets() },
  };
}

function demoSecrets(): DemoSecrets {
  return {
    alicePassword: randomPassword(),
    webClientSecret: randomSecret(),
    machineClientSecret: randomSecret(),
  };
}
