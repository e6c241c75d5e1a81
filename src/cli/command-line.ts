import { Command, InvalidArgumentError, Option } from 'commander';
import { CliError } from './installation.js';
import { closeConnections } from './local-fetch.js';
import { manage } from './management.js';
import { rewrapKeys } from './rewrap.js';
import { type TryLoginOptions, tryLogin } from './try-login.js';
import { type TryTokenOptions, tryToken } from './try-token.js';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const urlOption = () => new Option('--url <origin>', 'origin of the platform (default: PUBLIC_URL)');
const secretOption = () =>
  new Option('--secret <secret>', 'secret of client operator (default: BOOTSTRAP_CLIENT_SECRET)');

/** The command line, `npx tenantry <noun> <verb>`. */
function commandLine(): Command {
  const program = new Command('tenantry').description('Tenantry, the multi-tenant identity platform');
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
    .option('--no-open', 'print the address and open nothing')
    .option('--timeout <seconds>', 'how long to wait', toSeconds, 300)
    .action((options: TryLoginOptions) => tryLogin(options, print));
  program
    .command('tenants')
    .description('manage tenants')
    .command('create <slug>')
    .description('onboard a tenant')
    .addOption(urlOption())
    .addOption(secretOption())
    .option('--name <text>', 'what people read (default: the slug)')
    .action(async (slug: string, options: { url?: string; secret?: string; name?: string }) =>
      print(await manage(options, 'POST', '/tenants', { body: { slug, display_name: options.name ?? slug } })),
    );
  program
    .command('clients')
    .description('manage clients')
    .command('create <tenant>')
    .description('register a client; its metadata as in RFC 7591')
    .addOption(urlOption())
    .addOption(secretOption())
    .requiredOption(
      '--metadata <json>',
      'for example {"client_name":"Shop","redirect_uris":["https://shop.example/cb"]}',
      toJson,
    )
    .action(async (tenant: string, options: { url?: string; secret?: string; metadata: object }) =>
      print(
        await manage(options, 'POST', `/tenants/${encodeURIComponent(tenant)}/clients`, {
          body: options.metadata,
          missing: `tenant ${tenant}`,
        }),
      ),
    );
  const keys = program.command('keys').description('manage signing keys and the master key');
  keys
    .command('rewrap')
    .description('move every data key from MASTER_KEY_PREVIOUS to MASTER_KEY, in the environment of the platform')
    .action(async () => print(await rewrapKeys()));
  keys
    .command('list <tenant>')
    .description('show the keys whose signatures are accepted, and which one signs')
    .addOption(urlOption())
    .addOption(secretOption())
    .action(async (tenant: string, options: { url?: string; secret?: string }) =>
      print(
        await manage(options, 'GET', `/tenants/${encodeURIComponent(tenant)}/keys`, { missing: `tenant ${tenant}` }),
      ),
    );
  keys
    .command('revoke <tenant> <kid>')
    .description('take a leaked signing key out of use at once; nothing it signed is accepted any more')
    .addOption(urlOption())
    .addOption(secretOption())
    .action(async (tenant: string, kid: string, options: { url?: string; secret?: string }) =>
      print(
        await manage(options, 'POST', `/tenants/${encodeURIComponent(tenant)}/keys/${encodeURIComponent(kid)}/revoke`, {
          missing: `key ${kid} of a tenant ${tenant}; "npx tenantry keys list ${tenant}" shows its keys`,
        }),
      ),
    );
  keys
    .command('rotate <tenant>')
    .description('let the next signing key take over')
    .addOption(urlOption())
    .addOption(secretOption())
    .action(async (tenant: string, options: { url?: string; secret?: string }) =>
      print(
        await manage(options, 'POST', `/tenants/${encodeURIComponent(tenant)}/keys/rotate`, {
          body: {},
          missing: `tenant ${tenant}`,
        }),
      ),
    );
  program
    .command('doctor')
    .description('say what is wrong with this installation and how to mend it')
    .addOption(urlOption())
    .action(async ({ url }: { url?: string }) => {
      // It looks at the database, and the other commands do without what that takes.
      const { examine } = await import('./doctor.js');
      const { report, healthy } = await examine(url);
      print(report);
      if (!healthy) process.exitCode = 1;
    });
  return program;
}

function toSeconds(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('It must be a number of seconds.');
  return Number(value);
}

function toJson(value: string): object {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // said below
  }
  throw new InvalidArgumentError('It must be a JSON object.');
}

/** Runs one command line; what the person can mend is one sentence on standard error, and exit code 1. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await closeConnections();
  }
}
