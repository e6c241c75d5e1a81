import { requestClientToken } from '../client-token.js';
import { type DiscoveredMetadata, discover } from '../discover.js';
import { type HeldToken, MARGIN_MS, heldTokenOf, renewed } from '../held-token.js';
import { CliError, findInstallation } from '../installation.js';
import { ManagementApi } from '../management-api.js';
import { requireOwnServer } from '../own-server.js';
import { requestTokens, revokeToken } from '../sign-in.js';
import type { Profile, ProfileStore, StoredTokens } from './profile-store.js';

/** The management API as the caller of a profile. @throws CliError */
export function profileApi(store: ProfileStore, name: string): ManagementApi {
  const profile = store.get(name);
  const { url, secret } = profile;
  return new ManagementApi(
    url,
    renewed(() => (secret === undefined ? freshToken(store, name) : tokenOfClient(profile, secret))),
  );
}

/** Where the caller of a profile signs in, once it is known to be the platform that is meant. @throws CliError */
export async function metadataOf({ url, tenant }: Profile): Promise<DiscoveredMetadata> {
  if (url.startsWith('http:')) await requireOwnServer({ ...findInstallation(url), publicUrl: url }, {});
  return discover(`${url}/t/${encodeURIComponent(tenant)}`);
}

/** What is kept of the answer of a token endpoint. */
export function storedTokens(answer: Readonly<Record<string, string>>, before?: StoredTokens): StoredTokens {
  const refreshToken = answer['refresh_token'] ?? before?.refreshToken;
  return {
    accessToken: String(answer['access_token']),
    ...(refreshToken !== undefined && { refreshToken }),
    expiresAt: Date.now() + Number(answer['expires_in'] ?? 0) * 1000,
  };
}

/** RFC 7009: without its refresh token the grant is over. @throws CliError when it could not be told */
export async function endSession(profile: Profile): Promise<void> {
  const { tokens, clientId } = profile;
  if (!tokens) return;
  await revokeToken(await metadataOf(profile), { clientId, token: tokens.refreshToken ?? tokens.accessToken });
}

async function freshToken(store: ProfileStore, name: string): Promise<HeldToken> {
  const profile = store.get(name);
  const isFresh = (tokens: StoredTokens | undefined) => tokens && Date.now() < tokens.expiresAt - MARGIN_MS;
  if (profile.url.startsWith('http:')) await metadataOf(profile);
  if (profile.tokens && isFresh(profile.tokens)) return held(profile.tokens);
  // Another command may have renewed them meanwhile.
  const tokens = await store.exchange(name, async (present) => (isFresh(present) ? present : renew(profile, present)));
  if (tokens) return held(tokens);
  throw new CliError(`Nobody is signed in with profile ${name}: "npx tenantry profile sign-in ${name}".`);
}

function held({ accessToken, expiresAt }: StoredTokens): HeldToken {
  return { text: accessToken, renewAt: expiresAt - MARGIN_MS };
}

async function renew(profile: Profile, tokens: StoredTokens | undefined): Promise<StoredTokens | undefined> {
  if (tokens?.refreshToken === undefined) return undefined;
  const { clientId } = profile;
  const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: tokens.refreshToken };
  try {
    return storedTokens(await requestTokens(await metadataOf(profile), form), tokens);
  } catch (error) {
    // The grant has ended: nothing is left to renew.
    if (error instanceof CliError && error.message.startsWith('invalid_grant')) return undefined;
    throw error;
  }
}

async function tokenOfClient(profile: Profile, secret: string): Promise<HeldToken> {
  const { token_endpoint: endpoint } = await metadataOf(profile);
  const asked = Date.now();
  const { status, body } = await requestClientToken(endpoint, { clientId: profile.clientId, secret });
  if (status === 200) return heldTokenOf(body, asked);
  throw new CliError(`The client ${profile.clientId} got no token at ${profile.url}: ${body['error']}.`);
}
