import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isLoopbackHost } from '../../config/public-address.js';
import { parseUrl } from '../../oauth/parse-url.js';
import { CliError, UsageError } from '../installation.js';
import { readOwnFile, whileLocked, writeOwnFile } from './own-file.js';

/** What a sign-in gave. */
export interface StoredTokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** An installation and a caller there. Its credentials are for that address alone. */
export interface Profile {
  /** Origin of the platform. */
  readonly url: string;
  /** Slug of the tenant at which the caller signs in. */
  readonly tenant: string;
  readonly clientId: string;
  /** Of a client that acts for itself. */
  readonly secret?: string;
  readonly tokens?: StoredTokens;
}

interface Stored {
  readonly current?: string;
  readonly profiles: Readonly<Record<string, Profile>>;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i;

/** The profiles of this person, in a file that nobody else can read. */
export class ProfileStore {
  constructor(readonly file = defaultFile()) {}

  /** @throws CliError for a file that others could have read or changed */
  read(): Stored {
    const text = readOwnFile(this.file);
    if (text === undefined) return { profiles: {} };
    const stored = parse(text);
    if (!stored) throw new CliError(`${this.file} is not as this command line wrote it. Remove it to begin anew.`);
    return stored;
  }

  /** @throws CliError */
  get(name: string): Profile {
    const profile = find(this.read(), name);
    if (!profile) throw new CliError(`There is no profile ${name}; "npx tenantry profile list" shows what there is.`);
    return profile;
  }

  async add(name: string, profile: Profile): Promise<void> {
    if (!NAME.test(name)) throw new UsageError('The name of a profile has letters, digits, ".", "-" and "_".');
    await this.update((stored) => {
      // With another address under a known name the credentials of the first would go there.
      if (find(stored, name)) throw new CliError(`There is a profile ${name} already. Remove it first.`);
      return { ...stored, profiles: { ...stored.profiles, [name]: profile } };
    });
  }

  async remove(name: string): Promise<void> {
    await this.update(({ current, profiles }) => ({
      ...(current !== undefined && current !== name && { current }),
      profiles: Object.fromEntries(Object.entries(profiles).filter(([known]) => known !== name)),
    }));
  }

  /** Which one is used where nothing else is said; undefined: none. */
  async use(name: string | undefined): Promise<void> {
    if (name !== undefined) this.get(name);
    await this.update(({ profiles }) => ({ ...(name !== undefined && { current: name }), profiles }));
  }

  /** Stores what came of a sign-in; undefined: it has ended. */
  async keep(name: string, tokens: StoredTokens | undefined): Promise<void> {
    await this.update((stored) => withTokens(stored, name, tokens));
  }

  /** Tokens in the place of others, by one process at a time. What is returned is kept, undefined too. */
  async exchange(
    name: string,
    make: (present: StoredTokens | undefined) => Promise<StoredTokens | undefined>,
  ): Promise<StoredTokens | undefined> {
    return whileLocked(this.file, async () => {
      const stored = this.read();
      const present = find(stored, name)?.tokens;
      const tokens = await make(present);
      if (tokens !== present) this.write(withTokens(stored, name, tokens));
      return tokens;
    });
  }

  private async update(change: (stored: Stored) => Stored): Promise<void> {
    await whileLocked(this.file, async () => this.write(change(this.read())));
  }

  private write(stored: Stored): void {
    writeOwnFile(this.file, `${JSON.stringify(stored, null, 2)}\n`);
  }
}

function find({ profiles }: Stored, name: string): Profile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}

function withTokens(stored: Stored, name: string, tokens: StoredTokens | undefined): Stored {
  const known = find(stored, name);
  // It was removed meanwhile.
  if (!known) return stored;
  const { tokens: _, ...rest } = known;
  return { ...stored, profiles: { ...stored.profiles, [name]: { ...rest, ...(tokens && { tokens }) } } };
}

/** @throws UsageError for an address to which credentials must not go */
export function profileUrl(given: string): string {
  const url = parseUrl(given);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
  if (!url || !isSafe || url.username !== '' || url.password !== '') {
    throw new UsageError('--url must be the address of a platform by https:, or by http: on this machine.');
  }
  return url.origin;
}

function defaultFile(): string {
  const { TENANTRY_PROFILES, XDG_CONFIG_HOME, APPDATA } = process.env;
  if (TENANTRY_PROFILES) return resolve(TENANTRY_PROFILES);
  const folder = process.platform === 'win32' && APPDATA ? APPDATA : XDG_CONFIG_HOME || join(homedir(), '.config');
  return join(folder, 'tenantry', 'profiles.json');
}

function parse(text: string): Stored | undefined {
  try {
    const stored = JSON.parse(text) as Stored;
    const all = Object.entries(stored.profiles);
    const isSound = all.every(
      ([name, { url, tenant, clientId }]) =>
        NAME.test(name) && profileUrl(url) === url && typeof tenant === 'string' && typeof clientId === 'string',
    );
    return isSound ? stored : undefined;
  } catch {
    return undefined;
  }
}
