import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DevelopmentSecrets } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import { readRunning } from '../config/running-file.js';
import { parseUrl } from '../oauth/parse-url.js';

/** Thrown for what the person at the terminal can mend; shown as one sentence. */
export class CliError extends Error {
  /** With which the process ends. */
  readonly exitCode: number = EXIT_REFUSED;
}

/** Something was not done: the platform refused it, or cannot be reached. */
const EXIT_REFUSED = 1;
/** The command line cannot be understood, and nothing was tried. */
export const EXIT_USAGE = 2;

/** A command line that cannot be understood. */
export class UsageError extends CliError {
  override readonly exitCode = EXIT_USAGE;
}

/** Where the platform is, as far as the environment of the terminal tells. */
export interface Whereabouts {
  readonly publicUrl: string;
  readonly tenantHostSuffix: string;
}

export interface Installation extends Whereabouts {
  /** Of a development installation on this machine. */
  readonly secrets: DevelopmentSecrets | undefined;
}

/** The same variables and defaults as the server's own. */
export function findInstallation(url?: string): Installation {
  return { ...findWhereabouts(url), secrets: readSecrets(dataDirectory()) };
}

/** Those of the installation in this directory, where this person may read them. */
export function findReadableSecrets(): DevelopmentSecrets | undefined {
  try {
    return readSecrets(dataDirectory());
  } catch (error) {
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

/** Where the person says, or where the platform of this DATA_DIR runs; without a look at its secrets. */
export function findWhereabouts(url?: string): Whereabouts {
  const { PUBLIC_URL, PORT, TENANT_HOST_SUFFIX } = process.env;
  const running = url === undefined && !PUBLIC_URL ? readRunning(dataDirectory()) : undefined;
  const publicUrl = url ?? (PUBLIC_URL || running?.url || `http://localhost:${PORT || '3000'}`);
  if (!/^https?:/.test(publicUrl) || !parseUrl(publicUrl)) {
    throw new CliError(
      `${publicUrl} is not the address of a platform, such as http://localhost:3000. Set --url or PUBLIC_URL.`,
    );
  }
  return {
    publicUrl: new URL(publicUrl).origin,
    tenantHostSuffix: TENANT_HOST_SUFFIX || running?.tenantHostSuffix || 'localhost',
  };
}

/** `npm start` makes it in the directory of the platform, and a command may be given in one below. */
function dataDirectory(): string {
  const { DATA_DIR } = process.env;
  if (DATA_DIR || existsSync('.data')) return resolve(DATA_DIR || '.data');
  return join(packageRoot(), '.data');
}

function readSecrets(dataDir: string): DevelopmentSecrets | undefined {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentSecrets;
  } catch (error) {
    throw new CliError(
      `${file} cannot be read (${(error as Error).message}). Restore it, or remove the whole directory to begin anew.`,
    );
  }
}

/** The issuer of a tenant's path address, or of its host address. */
export function issuerOf({ publicUrl, tenantHostSuffix }: Whereabouts, tenant: string, atHost: boolean): string {
  if (!atHost) return `${publicUrl}/t/${tenant}`;
  const { protocol, port } = new URL(publicUrl);
  return `${protocol}//${tenant}.${tenantHostSuffix}${port && `:${port}`}`;
}
