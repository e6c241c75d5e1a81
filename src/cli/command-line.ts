import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { addCompletion } from './completion.js';
import { CliError, EXIT_USAGE, UsageError } from './installation.js';
import { closeConnections } from './local-fetch.js';
import { LOGIN_DEFAULTS, type LoginOptions, login } from './login.js';
import { type ManagementApi, type Member, operatorApi } from './management-api.js';
import { addBreachedPasswords } from './breached-passwords.js';
import { addProfiles } from './profiles/profile-commands.js';
import { profileApi } from './profiles/profile-session.js';
import { ProfileStore } from './profiles/profile-store.js';
import { addResource } from './resources/commands.js';
import type { CommonOptions, Tools } from './resources/resource.js';
import { RESOURCES } from './resources/resources.js';
import { PROCESS_TERMINAL, type Terminal, toJson, visible } from './terminal.js';
import { type TryLoginOptions, tryLogin } from './try-login.js';
import { type TryTokenOptions, tryToken } from './try-token.js';

/** For whom commands are run. */
interface Session {
  readonly terminal: Terminal;
  /** Absent: the operator's, as the options say. */
  readonly api?: ManagementApi;
}

const EXIT_CODES = `
Exit codes: 0 done, 1 refused or not reachable, 2 the command line cannot be understood.
Every command speaks to the platform of DATA_DIR (.data), or the one that --url, --profile or PUBLIC_URL names.`;

const urlOption = () => new Option('--url <origin>', 'origin of the platform (default: where that of DATA_DIR runs)');
const openOption = () => new Option('--no-open', 'print the address and open nothing');
const timeoutOption = () =>
  new Option('--timeout <seconds>', 'how long to wait for the sign-in').argParser(toSeconds).default(300);

/** The command line, `npx tenantry <noun> <verb>`. */
function commandLine(session: Session, version: string): { program: Command; exitCode: () => number } {
  const { terminal } = session;
  let exitCode = 0;
  const program = new Command('tenantry')
    .description('Tenantry, the multi-tenant identity platform')
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    .showHelpAfterError('Add --help to see what there is.')
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.warn(text.trimEnd()),
    })
    .addHelpText('after', EXIT_CODES);
  const print = (text: string) => terminal.print(text);
  if (!session.api) {
    addTrying(program, print);
    program
      .command('login <tenant> [command...]')
      .description('sign in as an administrator of a tenant and give commands, or only the one after "--"')
      .addOption(urlOption())
      .option('--client <client_id>', 'a native client of the tenant with the management scopes', LOGIN_DEFAULTS.client)
      .option('--scope <names>', 'what to ask for (default: all management scopes)')
      .addOption(openOption())
      .addOption(timeoutOption())
      .action(async (tenant: string, command: string[], options: LoginOptions) => {
        const runLine = (words: readonly string[], own: Session) => runIn(own, ['', '', ...words], version);
        exitCode = await login(tenant, command, options, { terminal, runLine });
      });
  }
  if (!session.api) addProfiles(program, terminal, { open: openOption, timeout: timeoutOption });
  for (const resource of RESOURCES) addResource(program, resource, toolsFor(session));
  if (!session.api) {
    addBreachedPasswords(program, terminal);
    program
      .command('doctor')
      .description('say what is wrong with this installation and how to mend it')
      .addOption(urlOption())
      .option('--json', 'print what was found as JSON')
      .action(async ({ url, json }: { readonly url?: string; readonly json?: boolean }) => {
        // It looks at the database, and the other commands do without what that takes.
        const { examine } = await import('./doctor.js');
        const { findings, report, healthy } = await examine(url);
        print(json ? toJson({ healthy, findings }) : report);
        if (!healthy) exitCode = 1;
      });
  }
  if (!session.api) addCompletion(program, print);
  return { program, exitCode: () => exitCode };
}

function addTrying(program: Command, print: (text: string) => void): void {
  const trying = program.command('try').description('try a running platform out');
  trying
    .command('token')
    .description('get an access token with client credentials, decode it, show the same as a curl command')
    .addOption(urlOption())
    .option('--tenant <slug>', 'the tenant', 'acme')
    .option('--host', "use the tenant's host address instead of its path")
    .option('--client <client_id>', 'the client', 'machine')
    .option('--secret <secret>', 'its secret (default: the one of the demo)')
    .option('--scope <names>', 'what to ask for')
    .option('--resource <identifier>', 'the protected resource (RFC 8707)')
    .option('--json', 'print the answer of the token endpoint as it is')
    .action(async (options: TryTokenOptions) => print(await tryToken(options)));
  trying
    .command('login')
    .description('sign in with the browser, wait for the redirect, decode what came back')
    .addOption(urlOption())
    .option('--tenant <slug>', 'the tenant', 'acme')
    .option('--host', "use the tenant's host address instead of its path")
    .option('--client <client_id>', 'a native client with the redirect URI http://127.0.0.1/callback', 'cli')
    .option('--scope <names>', 'what to ask for', 'openid profile email orders:read')
    .addOption(openOption())
    .addOption(timeoutOption())
    .action((options: TryLoginOptions) => tryLogin(options, print));
}

function toolsFor({ terminal, api }: Session): Tools {
  return {
    terminal,
    api: async (options) => api ?? apiOf(options),
    common: (command) => {
      command.option('--json', 'print the answer of the API as it is');
      if (api) return command;
      const secret = 'secret of client operator (default: BOOTSTRAP_CLIENT_SECRET)';
      return command
        .addOption(urlOption())
        .option('--secret <secret>', secret)
        .option('--profile <name>', 'as who and where this profile says');
    },
    answer: (options, answer, sentences) => {
      if (!options.json) terminal.print(sentences());
      else if (Object.keys(answer).length > 0) terminal.print(toJson(answer));
      for (const warning of warningsOf(answer)) terminal.warn(`Warning: ${warning}`);
    },
    confirm: async (options: CommonOptions, question) => {
      if (options.yes) return;
      const answer = await terminal.ask(`${question} Go on? [y/N] `);
      if (answer === undefined) throw new UsageError(`${question} Give --yes to say that this is meant.`);
      if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was changed.');
    },
  };
}

/** As the caller of a profile, or as the operator. A profile has credentials of its own, and gets no others. */
async function apiOf(options: CommonOptions): Promise<ManagementApi> {
  const isNamed = options.url !== undefined || options.secret !== undefined;
  if (options.profile !== undefined && isNamed) throw new UsageError('Give --profile, or --url and --secret.');
  const { TENANTRY_PROFILE, PUBLIC_URL } = process.env;
  const named = options.profile ?? (TENANTRY_PROFILE || undefined);
  if (isNamed) return operatorApi(options);
  const store = new ProfileStore();
  const profile = named ?? (PUBLIC_URL ? undefined : store.read().current);
  return profile === undefined ? operatorApi(options) : profileApi(store, profile);
}

/** What the platform accepted and doubts all the same: texts, or objects with the member and the text. */
function warningsOf({ warnings }: Member): string[] {
  if (!Array.isArray(warnings)) return [];
  return (warnings as unknown[]).map((warning) => {
    if (typeof warning !== 'object' || warning === null) return String(warning);
    const { pointer = '', detail } = warning as { readonly pointer?: string; readonly detail?: string };
    return detail === undefined ? JSON.stringify(warning) : `${pointer.slice(1).replaceAll('/', '.')}: ${detail}`;
  });
}

/**
 * Identifiers may begin with a hyphen, as one in 64 key ids does. Our short options are single letters, so a longer word
 * after one hyphen is an identifier; after "--" it is taken as such. What follows a named option may be its value.
 */
function withOperandsApart(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const isOperand = (word: string, index: number) =>
    index < end && /^-[^-].+/.test(word) && !argv[index - 1]?.startsWith('--');
  const operands = argv.filter(isOperand);
  if (operands.length === 0) return [...argv];
  const rest = argv.slice(0, end).filter((word, index) => !isOperand(word, index));
  return [...rest, '--', ...operands, ...argv.slice(end + 1)];
}

function toSeconds(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('It must be a number of seconds.');
  return Number(value);
}

/** Runs one command line. What the person can mend is a sentence on standard error. @returns the exit code */
export async function runIn(session: Session, argv: readonly string[], version: string): Promise<number> {
  const { program, exitCode } = commandLine(session, version);
  try {
    await program.parseAsync(withOperandsApart(argv));
    return exitCode();
  } catch (error) {
    // Commander has written what is wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    if (!(error instanceof CliError)) throw error;
    // It may repeat what a server said.
    session.terminal.warn(visible(error.message));
    return error.exitCode;
  }
}

export async function run(argv: readonly string[], version: string): Promise<void> {
  // `| head` closes the pipe when it has seen enough.
  process.stdout.on('error', () => undefined);
  try {
    process.exitCode = await runIn({ terminal: PROCESS_TERMINAL }, argv, version);
  } finally {
    await closeConnections();
  }
}
