import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { type DiscoveredMetadata, discover, reach } from './discover.js';
import { CliError, findInstallation, issuerOf } from './installation.js';
import { localFetch } from './local-fetch.js';
import { refuseStranger, requireOwnServer } from './own-server.js';
import { describeToken } from './show-token.js';
import { signIn } from './sign-in.js';

export interface TryLoginOptions {
  readonly url?: string;
  readonly tenant: string;
  readonly host?: boolean;
  readonly client: string;
  readonly scope: string;
  /** `false`: print the address and open nothing. */
  readonly open: boolean;
  readonly timeout: number;
}

/** `tenantry try login`: a sign-in through the person's own browser (RFC 8252), and what came back decoded. */
export async function tryLogin(options: TryLoginOptions, print: (text: string) => void): Promise<void> {
  const installation = findInstallation(options.url);
  await refuseStranger(installation, options);
  const metadata = await discover(issuerOf(installation, options.tenant, options.host ?? false));
  const demo = options.tenant === 'acme' || options.tenant === 'globex' ? options.tenant : undefined;
  const password = demo && installation.secrets?.demo[demo].alicePassword;
  const { tokens, nonce } = await signIn(metadata, {
    clientId: options.client,
    scope: options.scope,
    open: options.open,
    timeout: options.timeout,
    announce: async (url) => {
      if (password) await requireOwnServer(installation, {});
      print(`Sign in at\n  ${url}\n`);
      if (password) print(`as alice with the password ${password}\n`);
    },
  });
  await verifyIdToken(metadata, options.client, { idToken: tokens['id_token'], nonce });
  print(describe(tokens));
  if (tokens['id_token'] !== undefined) print(await userInfo(metadata, String(tokens['access_token'])));
}

async function verifyIdToken(
  metadata: DiscoveredMetadata,
  clientId: string,
  expected: { readonly idToken: string | undefined; readonly nonce: string },
): Promise<void> {
  if (expected.idToken === undefined) return;
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: localFetch });
  const { payload } = await jwtVerify(expected.idToken, keys, { issuer: metadata.issuer, audience: clientId });
  if (payload['nonce'] !== expected.nonce) throw new CliError('The ID token is not for this request (nonce).');
}

/** Who it is: with an access token at hand, that is where the claims of `profile` and `email` are (Core §5.3, §5.4). */
async function userInfo({ userinfo_endpoint: endpoint }: DiscoveredMetadata, accessToken: string): Promise<string> {
  const answer = await reach(endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!answer.ok) throw new CliError(`${endpoint} answered ${answer.status}.`);
  return `\nuserinfo\n${JSON.stringify(await answer.json(), null, 2).replace(/^/gm, '  ')}`;
}

function describe(tokens: Readonly<Record<string, string>>): string {
  const shown = ['access_token', 'id_token', 'refresh_token'].filter((name) => tokens[name] !== undefined);
  return [
    `Signed in. Scope: ${tokens['scope'] ?? 'none'}; the access token lives ${tokens['expires_in']} seconds.`,
    ...shown.map((name) => `\n${name}\n  ${tokens[name]}\n\n${describeToken(String(tokens[name]))}`),
  ].join('\n');
}
