import { Inject, Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../audit/request-origin.js';
import { NetworkLimits } from '../../limits/network-limits.js';
import { RefusalRecorder } from '../../limits/refusal-recorder.js';
import { InvalidClientError, InvalidRequestError } from '../../oauth/oauth-error.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Client } from '../client.js';
import { ClientDirectory } from '../client-directory.js';
import { CLIENT_AUTHENTICATION_METHODS } from './authentication-methods.js';
import type {
  ClientAuthenticationMethod,
  ClientAuthenticationRequest,
  ClientCredentials,
} from './client-authentication-method.js';

/** Proves which client sends a request, RFC 6749 §2.3 and §3.2.1. */
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
    const [method, credentials] = this.readOnly(request);
    const attempts = this.limits.forClientAuthentication(request.tenant.id, request.origin, credentials.clientId);
    attempts.begin();
    const client = await this.directory.find(request.tenant.id, credentials.clientId);
    const registered = client?.tokenEndpointAuthMethod;
    const proven = client?.enabled === true && (await this.proves(request, client, method, credentials));
    if (proven && registered === method.name) {
      // Naming a public client proves nothing.
      if (credentials.proof !== '') attempts.succeeded();
      return client;
    }
    if (client) this.recordFailure(request, client.clientId, method.name);
    attempts.failed();
    throw new InvalidClientError(
      // Libraries differ in the method they choose unasked; whoever knows the secret may know what to change.
      proven
        ? `The client is registered for ${registered}, and this request used ${method.name}.`
        : 'Client authentication failed.',
      { detail: client ? `client ${client.clientId}, method ${method.name}` : 'unknown client' },
    );
  }

  private async proves(
    request: ClientAuthenticationRequest,
    client: Client,
    method: ClientAuthenticationMethod,
    credentials: ClientCredentials,
  ): Promise<boolean> {
    // Without a proof only the registration says that this is enough.
    if (credentials.proof === '' && client.tokenEndpointAuthMethod !== method.name) return false;
    return method.verify(request, client, credentials);
  }

  /** Of clients that exist: what strangers make up is not worth keeping. */
  private recordFailure(
    { tenant, origin }: { readonly tenant: Tenant; readonly origin: RequestOrigin },
    clientId: string,
    method: string,
  ): void {
    const type = 'client.authentication_failed';
    this.refusals.record({ tenantId: tenant.id, type, outcome: 'failure', clientId, origin, details: { method } });
  }

  /** "The client MUST NOT use more than one authentication method in each request." */
  private readOnly(request: ClientAuthenticationRequest): [ClientAuthenticationMethod, ClientCredentials] {
    let found: [ClientAuthenticationMethod, ClientCredentials] | undefined;
    for (const method of this.methods) {
      const credentials = method.read(request);
      if (!credentials) continue;
      if (found) throw new InvalidRequestError('The request uses more than one client authentication method.');
      found = [method, credentials];
    }
    if (!found) throw new InvalidClientError('The request has no client authentication.');
    const named = request.params.find('client_id');
    if (named !== undefined && named !== found[1].clientId) {
      throw new InvalidClientError('The request names two different clients.');
    }
    return found;
  }
}
