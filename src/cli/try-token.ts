import { discover, reach } from './discover.js';
import { CliError, findInstallation, issuerOf } from './installation.js';
import { requireOwnServer } from './own-server.js';
import { describeToken, shellQuote } from './show-token.js';

export interface TryTokenOptions {
  readonly url?: string;
  readonly tenant: string;
  readonly host?: boolean;
  readonly client: string;
  readonly secret?: string;
  readonly scope?: string;
  readonly resource?: string;
  readonly json?: boolean;
}

/** `tenantry try token`: client credentials without a browser, the token decoded, and the same as a curl command. */
export async function tryToken(options: TryTokenOptions): Promise<string> {
  const installation = findInstallation(options.url);
  // First, so that a tenant that does not exist is not taken for a secret that is missing.
  const { token_endpoint: endpoint } = await discover(issuerOf(installation, options.tenant, options.host ?? false));
  const secret = options.secret ?? demoSecret(options, installation.secrets);
  await requireOwnServer(installation, options);
  const form = {
    grant_type: 'client_credentials',
    ...(options.scope !== undefined && { scope: options.scope }),
    ...(options.resource !== undefined && { resource: options.resource }),
  };
  const credentials = [options.client, secret].map((part) => encodeURIComponent(part)).join(':');
  const answer = await reach(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  const body = (await answer.json()) as Record<string, string>;
  if (!answer.ok) throw new CliError(`${body['error']}: ${body['error_description']}`);
  if (options.json) return JSON.stringify(body, null, 2);
  const accessToken = String(body['access_token']);
  return [
    `Access token from ${endpoint}`,
    `  ${accessToken}`,
    '',
    describeToken(accessToken),
    '',
    'The same with curl:',
    `  ${curl(endpoint, credentials, form)}`,
  ].join('\n');
}

function demoSecret(
  { client, tenant }: TryTokenOptions,
  secrets: ReturnType<typeof findInstallation>['secrets'],
): string {
  if (tenant === 'system' && client === 'operator' && secrets) return secrets.bootstrapClientSecret;
  const demo = tenant === 'acme' || tenant === 'globex' ? secrets?.demo[tenant] : undefined;
  if (demo && client === 'machine') return demo.machineClientSecret;
  if (demo && client === 'web') return demo.webClientSecret;
  throw new CliError(`The secret of client ${client} is not known here; give it with --secret.`);
}

/** With the address given by hand where curl's resolver might not know it. */
function curl(endpoint: string, credentials: string, form: object): string {
  const { hostname, port } = new URL(endpoint);
  const resolve = hostname.endsWith('.localhost') ? [`--resolve ${hostname}:${port || 80}:127.0.0.1`] : [];
  const fields = Object.entries(form).map(([name, value]) => `--data-urlencode ${shellQuote(`${name}=${value}`)}`);
  return ['curl', ...resolve, '-u', shellQuote(credentials), ...fields, shellQuote(endpoint)].join(' ');
}
