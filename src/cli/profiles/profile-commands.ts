import { text } from 'node:stream/consumers';
import type { Command, Option } from 'commander';
import { ADMIN_CLIENT_ID } from '../create-tenant.js';
import { CliError, UsageError } from '../installation.js';
import { LOGIN_DEFAULTS } from '../login.js';
import { signIn } from '../sign-in.js';
import { tableOf } from '../table.js';
import { type Terminal, toJson } from '../terminal.js';
import { endSession, metadataOf, storedTokens } from './profile-session.js';
import { type Profile, ProfileStore, profileUrl } from './profile-store.js';

interface AddOptions {
  readonly url: string;
  readonly tenant: string;
  readonly client?: string;
  readonly secretStdin?: boolean;
}

interface SignInOptions {
  readonly scope?: string;
  readonly open: boolean;
  readonly timeout: number;
}

/** Options that other commands have too. */
interface Shared {
  readonly open: () => Option;
  readonly timeout: () => Option;
}

/** `tenantry profile`: several installations, each with credentials of its own. */
export function addProfiles(program: Command, terminal: Terminal, shared: Shared): void {
  const profiles = program.command('profile').description('installations, and who you are there');
  addKeeping(profiles, terminal);
  addSigningIn(profiles, terminal, shared);
}

function addKeeping(profiles: Command, terminal: Terminal): void {
  profiles
    .command('add <name>')
    .description('name an installation, and the caller there; then sign in')
    .requiredOption('--url <origin>', 'origin of the platform, by https:')
    .option('--tenant <slug>', 'where the caller signs in (default: operators)', 'system')
    .option('--client <client_id>', `its client (default: ${ADMIN_CLIENT_ID}, and operator with a secret)`)
    .option('--secret-stdin', 'read the secret of a client that acts for itself from standard input')
    .action(async (name: string, { url, tenant, client, secretStdin }: AddOptions) => {
      const origin = profileUrl(url);
      const secret = secretStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
      if (secret === '') throw new UsageError('There is no secret on standard input.');
      const clientId = client ?? (secret === undefined ? ADMIN_CLIENT_ID : 'operator');
      await new ProfileStore().add(name, { url: origin, tenant, clientId, ...(secret !== undefined && { secret }) });
      const next = secret === undefined ? 'sign-in' : 'use';
      terminal.print(`The profile ${name} was made. Next: npx tenantry profile ${next} ${name}`);
    });
  profiles
    .command('list')
    .description('list the profiles, without their credentials')
    .option('--json', 'print them for programs')
    .action(({ json }: { readonly json?: boolean }) => {
      const { current, profiles: all } = new ProfileStore().read();
      const data = Object.entries(all).map(([name, profile]) => viewOf(name, profile, current));
      if (json) return terminal.print(toJson({ data }));
      terminal.print(data.length === 0 ? 'There are no profiles.' : tableOf(COLUMNS, data));
    });
  profiles
    .command('use [name]')
    .description('use a profile wherever none is named')
    .option('--none', 'use none')
    .action(async (name: string | undefined, { none }: { readonly none?: boolean }) => {
      if ((name === undefined) !== (none === true)) throw new UsageError('Name a profile, or give --none.');
      await new ProfileStore().use(name);
      terminal.print(name === undefined ? 'No profile is used.' : `The profile ${name} is used.`);
    });
  profiles
    .command('remove <name>')
    .description('sign out and forget a profile')
    .option('--local', 'although the platform cannot be told; its tokens work until they expire')
    .action(async (name: string, { local }: { readonly local?: boolean }) => {
      const store = new ProfileStore();
      await end(store.get(name), local);
      await store.remove(name);
      terminal.print(`The profile ${name} is gone.`);
    });
}

function addSigningIn(profiles: Command, terminal: Terminal, { open, timeout }: Shared): void {
  profiles
    .command('sign-in <name>')
    .description('sign in with the browser; the tokens are kept until you sign out')
    .option('--scope <names>', 'what to ask for (default: all management scopes)')
    .addOption(open())
    .addOption(timeout())
    .action(async (name: string, { scope = LOGIN_DEFAULTS.scope, ...options }: SignInOptions) => {
      const store = new ProfileStore();
      const profile = store.get(name);
      if (profile.secret !== undefined) throw new UsageError(`The client of profile ${name} acts for itself.`);
      const metadata = await metadataOf(profile);
      const { tokens } = await signIn(metadata, {
        ...options,
        clientId: profile.clientId,
        scope,
        resource: `${profile.url}/api`,
        announce: async (url) => terminal.warn(`Sign in at\n  ${url}\n`),
      });
      await endBefore(profile, terminal);
      await store.keep(name, storedTokens(tokens));
      terminal.print(`Signed in with profile ${name} at ${profile.url}, tenant ${profile.tenant}.`);
    });
  profiles
    .command('sign-out <name>')
    .description('revoke what the sign-in gave, and forget it')
    .option('--local', 'although the platform cannot be told; the tokens work until they expire')
    .action(async (name: string, { local }: { readonly local?: boolean }) => {
      const store = new ProfileStore();
      await end(store.get(name), local);
      await store.keep(name, undefined);
      terminal.print(`Signed out with profile ${name}.`);
    });
}

/** What is replaced would live on until it expires. */
async function endBefore(profile: Profile, terminal: Terminal): Promise<void> {
  await endSession(profile).catch(() => terminal.warn('The sign-in of before could not be ended.'));
}

async function end(profile: Profile, local = false): Promise<void> {
  try {
    await endSession(profile);
  } catch (error) {
    if (local || !(error instanceof CliError)) return;
    throw new CliError(`${error.message}\nNothing was forgotten. --local forgets it all the same.`);
  }
}

const COLUMNS = [
  ['NAME', 'name'],
  ['URL', 'url'],
  ['TENANT', 'tenant'],
  ['CLIENT', 'client_id'],
  ['CREDENTIALS', 'credentials'],
  ['USED', ({ current }: Readonly<Record<string, unknown>>) => (current ? 'yes' : '')],
] as const;

function viewOf(name: string, { url, tenant, clientId, secret, tokens }: Profile, current: string | undefined) {
  const credentials = secret !== undefined ? 'secret' : tokens ? 'signed in' : 'none';
  return { name, url, tenant, client_id: clientId, credentials, current: name === current };
}
