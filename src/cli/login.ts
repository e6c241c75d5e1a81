import { createInterface } from 'node:readline/promises';
import { MANAGEMENT_SCOPES } from '../resources/management-api.js';
import { ADMIN_CLIENT_ID } from './create-tenant.js';
import { type DiscoveredMetadata, discover } from './discover.js';
import { MARGIN_MS } from './held-token.js';
import { CliError, findWhereabouts, issuerOf } from './installation.js';
import { ManagementApi } from './management-api.js';
import { refuseStranger } from './own-server.js';
import { requestTokens, revokeToken, signIn } from './sign-in.js';
import type { Terminal } from './terminal.js';
import { splitWords } from './words.js';

export interface LoginOptions {
  readonly url?: string;
  readonly client: string;
  readonly scope?: string;
  readonly open: boolean;
  readonly timeout: number;
}

/** Runs one line of the session. @returns the exit code */
export type RunLine = (
  words: readonly string[],
  session: { api: ManagementApi; terminal: Terminal },
) => Promise<number>;

export const LOGIN_DEFAULTS = {
  client: ADMIN_CLIENT_ID,
  scope: MANAGEMENT_SCOPES.map(({ name }) => name).join(' '),
} as const;

/**
 * `tenantry login`: an administrator of a tenant signs in with the browser and gives commands. The tokens stay in the
 * memory of this process and end with it; nothing is stored and nothing is shown.
 * @returns the exit code of the last command
 */
export async function login(
  tenant: string,
  command: readonly string[],
  options: LoginOptions,
  { terminal, runLine }: { readonly terminal: Terminal; readonly runLine: RunLine },
): Promise<number> {
  const whereabouts = findWhereabouts(options.url);
  await refuseStranger(whereabouts, options);
  const metadata = await discover(issuerOf(whereabouts, tenant, false));
  const session = await Session.begin(metadata, { ...options, resource: `${whereabouts.publicUrl}/api` }, terminal);
  try {
    const api = new ManagementApi(whereabouts.publicUrl, () => session.accessToken());
    if (command.length > 0) return await runLine(command, { api, terminal });
    terminal.warn(`Signed in at ${tenant}. Give commands such as "clients list ${tenant}"; "exit" ends the session.`);
    return await converse(tenant, (words, own) => runLine(words, { api, terminal: own }), terminal);
  } finally {
    await session.end();
  }
}

class Session {
  private expiresAt = 0;

  private constructor(
    private readonly metadata: DiscoveredMetadata,
    private readonly clientId: string,
    private tokens: Readonly<Record<string, string>>,
  ) {
    this.take(tokens);
  }

  static async begin(
    metadata: DiscoveredMetadata,
    options: LoginOptions & { readonly resource: string },
    terminal: Terminal,
  ): Promise<Session> {
    const { client: clientId, scope = LOGIN_DEFAULTS.scope, resource, open, timeout } = options;
    const announce = async (url: string) => terminal.warn(`Sign in at\n  ${url}\n`);
    try {
      const { tokens } = await signIn(metadata, { clientId, scope, resource, open, timeout, announce });
      return new Session(metadata, clientId, tokens);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      throw new CliError(
        `${error.message}\nThis takes an administrator of the tenant, and its client ${clientId}. An operator makes ` +
          'both with "npx tenantry tenants create <slug> --admin <address>".',
      );
    }
  }

  async accessToken(): Promise<string> {
    const refreshToken = this.tokens['refresh_token'];
    if (Date.now() > this.expiresAt && refreshToken !== undefined) {
      const form = { grant_type: 'refresh_token', client_id: this.clientId, refresh_token: refreshToken };
      this.take({ refresh_token: refreshToken, ...(await requestTokens(this.metadata, form)) });
    }
    return String(this.tokens['access_token']);
  }

  /** RFC 7009: without its refresh token the grant is over. */
  async end(): Promise<void> {
    const token = this.tokens['refresh_token'] ?? this.tokens['access_token'];
    if (token === undefined) return;
    await revokeToken(this.metadata, { clientId: this.clientId, token }).catch(() => undefined);
  }

  private take(tokens: Readonly<Record<string, string>>): void {
    this.tokens = tokens;
    this.expiresAt = Date.now() + Number(tokens['expires_in'] ?? 0) * 1000 - MARGIN_MS;
  }
}

/** Reads commands until there are no more. A failed one ends a script, and not a conversation. */
async function converse(
  tenant: string,
  run: (words: readonly string[], terminal: Terminal) => Promise<number>,
  terminal: Terminal,
): Promise<number> {
  const isPerson = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isPerson });
  const own: Terminal = { ...terminal, ask: async (question) => (isPerson ? lines.question(question) : undefined) };
  lines.setPrompt(isPerson ? `${tenant}> ` : '');
  try {
    if (isPerson) lines.prompt();
    for await (const line of lines) {
      const words = splitWords(line);
      if (words[0] === 'exit' || words[0] === 'quit') break;
      const code = words.length === 0 ? 0 : await run(words, own);
      if (code !== 0 && !isPerson) return code;
      if (isPerson) lines.prompt();
    }
    return 0;
  } finally {
    lines.close();
  }
}
