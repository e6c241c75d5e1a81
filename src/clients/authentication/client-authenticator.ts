import { Inject, Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request-origin.js';
import { boundedText } from '../../audit/audit-row.js';
import { NetworkLimits } from '../../limits/network-limits.js';
import { RefusalRecorder } from '../../limits/refusal-recorder.js';
import { InvalidClientError, InvalidRequestError, OAuthError } from '../../oauth/oauth-error.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type Client, acceptsMethod } from '../client.js';
import { ClientDirectory } from '../client-directory.js';
import { CLIENT_AUTHENTICATION_METHODS } from './authentication-methods.js';
import {
  type ClientAuthenticationMethod,
  type ClientAuthenticationRequest,
  type ClientCredentials,
  CredentialsRefused,
} from './client-authentication-method.js';

/** A client that was named, and why it is not proven to be the caller; `told` is what the caller may know of that. */
interface Proof {
  readonly client: Client | undefined;
  readonly refusal: string | undefined;
  readonly told?: string | undefined;
}

/** Authenticates the client that sent a request, RFC 6749 §2.3 and §3.2.1. */
@Injectable()
export class ClientAuthenticator {
  constructor(
    @Inject(CLIENT_AUTHENTICATION_METHODS) private readonly methods: readonly ClientAuthenticationMethod[],
    private readonly directory: ClientDirectory,
    private readonly limits: NetworkLimits,
    private readonly refusals: RefusalRecorder,
  ) {}

  /** Names of the methods, for discovery and registration. */
  get methodNames(): readonly string[] {
    return this.methods.map((method) => method.name);
  }

  /**
   * @throws InvalidRequestError when the request uses two methods
   * @throws InvalidClientError alike for an unknown or disabled client and wrong credentials
   * @throws TooManyAttemptsError when too many failed from this network
   */
  async authenticate(request: ClientAuthenticationRequest & { readonly origin: RequestOrigin }): Promise<Client> {
    const [method, credentials] = this.read(request);
    const attempts = this.limits.forClientAuthentication(request.tenant.id, request.origin, credentials.clientId);
    attempts.begin();
    const { client, refusal, told } = await this.prove(request, method, credentials);
    const registered = client?.tokenEndpointAuthMethod;
    const proven = client !== undefined && refusal === undefined;
    if (proven && acceptsMethod(client, method.name)) {
      // A public client does not authenticate, so its identifier alone is not counted as an attempt.
      if (credentials.proof !== '') attempts.succeeded();
      return client;
    }
    const reason = refusal ?? 'method_not_registered';
    const named = client ? {} : { client_id: boundedText(credentials.clientId, 200) };
    this.recordFailure(request, client?.clientId, { method: method.name, registered, reason, ...named });
    // A replayed assertion was signed with the client's own key, so it is no guess at it.
    if (refusal !== 'assertion_replayed') attempts.failed();
    throw new InvalidClientError(
      // Libraries differ in the authentication method they choose by default. The hint is given only when the secret
      // was right.
      proven
        ? `The client is registered for ${registered ?? 'a secret'}, and this request used ${method.name}. Use that ` +
            `method, or change token_endpoint_auth_method of the client.`
        : (told ?? 'Client authentication failed.'),
      { detail: `client ${client ? client.clientId : 'unknown'}, method ${method.name}, ${reason}` },
    );
  }

  /**
   * Whether the credentials prove a client, and which one. They name one client, or two when what was sent reads in two
   * ways; the first that is proven counts.
   */
  private async prove(
    request: ClientAuthenticationRequest,
    method: ClientAuthenticationMethod,
    credentials: ClientCredentials,
  ): Promise<Proof> {
    const { clientId, asSent } = credentials;
    const first = await this.proveAs(clientId, request, method, credentials);
    if (first.refusal === undefined || asSent === undefined || asSent.clientId === clientId) return first;
    const second = await this.proveAs(asSent.clientId, request, method, credentials);
    return second.client && (second.refusal === undefined || !first.client) ? second : first;
  }

  private async proveAs(
    clientId: string,
    request: ClientAuthenticationRequest,
    method: ClientAuthenticationMethod,
    credentials: ClientCredentials,
  ): Promise<Proof> {
    const client = await this.directory.find(request.tenant.id, clientId);
    if (!client) return { client, refusal: 'unknown_client' };
    if (!client.enabled) return { client, refusal: 'client_disabled' };
    // Without a secret or assertion, only a client registered with the method `none` is accepted.
    if (credentials.proof === '' && !acceptsMethod(client, method.name)) {
      return { client, refusal: 'method_not_registered' };
    }
    try {
      return { client, refusal: (await method.verify(request, client, credentials)) ? undefined : 'not_proven' };
    } catch (error) {
      if (error instanceof CredentialsRefused) return { client, refusal: error.reason, told: error.told };
      throw error;
    }
  }

  /** Records why authentication failed. The client gets the same answer for every reason. */
  private recordFailure(
    { tenant, origin }: { readonly tenant: Tenant; readonly origin: RequestOrigin },
    clientId: string | undefined,
    details: Readonly<Record<string, unknown>>,
  ): void {
    const type = 'client.authentication_failed';
    this.refusals.record({ tenantId: tenant.id, type, outcome: 'failure', clientId, origin, details });
  }

  /** @throws OAuthError when the request has no readable credentials */
  private read(
    request: ClientAuthenticationRequest & { readonly origin: RequestOrigin },
  ): [ClientAuthenticationMethod, ClientCredentials] {
    try {
      return this.readOnly(request);
    } catch (error) {
      if (error instanceof OAuthError) {
        this.recordFailure(request, undefined, { reason: 'unreadable', detail: error.message });
      }
      throw error;
    }
  }

  /** "The client MUST NOT use more than one authentication method in each request." */
  private readOnly(request: ClientAuthenticationRequest): [ClientAuthenticationMethod, ClientCredentials] {
    let found: [ClientAuthenticationMethod, ClientCredentials] | undefined;
    for (const method of this.methods) {
      const credentials = method.read(request);
      if (!credentials) continue;
      if (found) {
        throw new InvalidRequestError(
          `The request uses more than one client authentication method: ${found[0].name} and ${method.name}.`,
        );
      }
      found = [method, credentials];
    }
    if (!found)
      throw new InvalidClientError(
        'The request has no client authentication: no Basic header, no client_id in the body.',
      );
    const named = request.params.find('client_id');
    const [, { clientId, asSent }] = found;
    if (named !== undefined && named !== clientId && named !== asSent?.clientId) {
      throw new InvalidClientError('client_id names another client than the credentials do.');
    }
    return found;
  }
}
