import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { hash } from 'node:crypto';
import type { RequestOrigin } from '../audit/request-origin.js';
import { CONSOLE_CLIENT_ID } from '../clients/client.js';
import { randomSecret } from '../crypto/random.js';
import type { TokenResponse } from '../grants/grant-handler.js';
import { TokenService } from '../grants/token.service.js';
import { OAuthError } from '../oauth/oauth-error.js';
import { OAuthParameters } from '../oauth/parameters.js';
import { ApiDirectory } from '../resources/api-directory.js';
import type { Tenant } from '../tenants/tenant.js';
import { IdTokenHintVerifier } from '../tokens/id-token-hint.js';
import { CONSOLE_SCOPE, ConsoleClients } from './console-clients.js';
import type { BegunSignIn } from './console-cookies.js';
import type { ConsolePlace } from './console-request.js';
import { ConsoleSessions } from './console-sessions.js';

/** Why nobody is signed in; the page says it in words. */
export type SignInFailure = 'access_denied' | 'sign_in_failed' | 'sign_in_expired';

/** What a sign-in that came back led to: the secret of the session, or why there is none. */
export type SignInOutcome = { readonly secret: string } | { readonly failure: SignInFailure };

const FAILED: SignInOutcome = { failure: 'sign_in_failed' };

/**
 * Signs people in to the console: a client of their tenant like any other, by code and PKCE (RFC 6749 §4.1, RFC 7636).
 * Its code is redeemed in this process.
 */
@Injectable()
export class ConsoleSignIn {
  constructor(
    private readonly clients: ConsoleClients,
    private readonly sessions: ConsoleSessions,
    private readonly tokens: TokenService,
    private readonly idTokens: IdTokenHintVerifier,
    private readonly apis: ApiDirectory,
  ) {}

  /** @returns the authorization request, with its state and what is needed when it comes back */
  async begin(
    tenant: Tenant,
    place: ConsolePlace,
    { returnTo, origin }: { readonly returnTo: string; readonly origin: RequestOrigin },
  ): Promise<{ readonly location: string; readonly state: string; readonly begun: BegunSignIn }> {
    const client = await this.clients.ensure(tenant, origin);
    const [state, nonce, verifier] = [randomSecret(), randomSecret(), randomSecret()];
    const query = new URLSearchParams({
      client_id: client.clientId,
      response_type: 'code',
      redirect_uri: redirectUriOf(place),
      scope: CONSOLE_SCOPE,
      resource: this.apis.managementIdentifier,
      state,
      nonce,
      code_challenge: hash('sha256', verifier, 'base64url'),
      code_challenge_method: 'S256',
    });
    const location = `${tenant.issuer}/authorize?${query.toString()}`;
    return { location, state, begun: { verifier, nonce, returnTo } };
  }

  /** @param begun what this browser keeps under the state of the answer */
  async finish(
    tenant: Tenant,
    place: ConsolePlace,
    answer: OAuthParameters,
    { begun, origin }: { readonly begun: BegunSignIn; readonly origin: RequestOrigin },
  ): Promise<SignInOutcome> {
    // RFC 9207 §2.4: the issuer is compared before anything else of the answer counts.
    if (answer.find('iss') !== tenant.issuer) return FAILED;
    const error = answer.find('error');
    if (error !== undefined) return error === 'access_denied' ? { failure: error } : FAILED;
    const code = answer.find('code');
    const response = code === undefined ? undefined : await this.redeem(tenant, place, { code, begun, origin });
    const userId = response && (await this.check(tenant, response, begun));
    if (!response || userId === undefined) return FAILED;
    return { secret: await this.sessions.begin(tenant, userId, response) };
  }

  private async redeem(
    tenant: Tenant,
    place: ConsolePlace,
    { code, begun, origin }: { readonly code: string; readonly begun: BegunSignIn; readonly origin: RequestOrigin },
  ): Promise<TokenResponse | undefined> {
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUriOf(place),
      code_verifier: begun.verifier,
    });
    const client = await this.clients.ensure(tenant, origin);
    try {
      return await this.tokens.exchange({ tenant, client, params: OAuthParameters.parse(form.toString()), origin });
    } catch (error) {
      if (error instanceof OAuthError && error.status < 429) return undefined;
      throw error;
    }
  }

  /** OpenID Connect Core §3.1.3.7. @returns the person */
  private async check(
    tenant: Tenant,
    { id_token: idToken }: TokenResponse,
    { nonce }: BegunSignIn,
  ): Promise<string | undefined> {
    const verified = idToken === undefined ? undefined : await this.idTokens.verify(tenant, idToken);
    if (idToken === undefined || verified?.clientId !== CONSOLE_CLIENT_ID) return undefined;
    const { iss, exp = 0, nonce: given } = decodeJwt(idToken);
    const isGood = iss === tenant.issuer && exp > Date.now() / 1000 && given === nonce;
    return isGood ? verified.subject : undefined;
  }
}

function redirectUriOf({ address }: ConsolePlace): string {
  return `${address}/callback`;
}
