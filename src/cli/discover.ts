import { CliError } from './installation.js';
import { localFetch } from './local-fetch.js';

export interface DiscoveredMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint: string;
  readonly revocation_endpoint?: string;
}

/** OpenID Connect Discovery §4. @throws CliError that says what to do when nobody answers */
export async function discover(issuer: string): Promise<DiscoveredMetadata> {
  const answer = await reach(`${issuer}/.well-known/openid-configuration`, { redirect: 'error' });
  if (answer.status === 404) throw new CliError(`There is no active tenant at ${issuer}.`);
  if (!answer.ok) throw new CliError(`${issuer} answered ${answer.status}.`);
  const metadata = (await answer.json()) as DiscoveredMetadata;
  if (metadata.issuer !== issuer) {
    throw new CliError(`${issuer} calls itself ${metadata.issuer}; is PUBLIC_URL the same here and at the server?`);
  }
  // The first one is opened by the desktop, which would open more than web pages.
  const { authorization_endpoint: page, token_endpoint: token, userinfo_endpoint: userinfo, jwks_uri: keys } = metadata;
  const ends = metadata.revocation_endpoint ?? token;
  const stray = [page, token, userinfo, keys, ends].find((endpoint) => !String(endpoint).startsWith(`${issuer}/`));
  if (stray !== undefined) throw new CliError(`${issuer} names an endpoint of somebody else: ${stray}.`);
  return metadata;
}

/** A request to the platform, whose failure to connect is explained. */
export async function reach(url: string, init?: RequestInit): Promise<Response> {
  return explained(url, () => localFetch(url, init));
}

/** There was no answer, so it is not known what was done. */
export class UnansweredError extends CliError {}

/** The same of a request with a token, which goes nowhere else: a redirect is no answer. */
export async function reachOnce(request: Request): Promise<Response> {
  return explained(request.url, () => localFetch(request));
}

async function explained(url: string, ask: () => Promise<Response>): Promise<Response> {
  const { origin } = new URL(url);
  try {
    return await ask();
  } catch (error) {
    const cause = (error as { cause?: Error }).cause ?? (error as Error);
    if (/redirect/.test(cause.message)) {
      throw new CliError(
        `What answers at ${origin} leads elsewhere, and nothing was sent there. Name the platform itself.`,
      );
    }
    throw new UnansweredError(
      `Nobody answers at ${origin} (${cause.message}). Start the platform with "npm start", or name another with --url.`,
    );
  }
}
