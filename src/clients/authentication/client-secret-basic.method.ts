import { Injectable } from '@nestjs/common';
import type { Client } from '../client.js';
import { readBasic } from './basic-credentials.js';
import type {
  ClientAuthenticationMethod,
  ClientAuthenticationRequest,
  ClientCredentials,
} from './client-authentication-method.js';
import { matchesClientSecret } from './client-secret.js';

/**
 * HTTP Basic, RFC 6749 §2.3.1: identifier and secret are form-encoded before they become user name and password. Many
 * clients leave that out, so the pair is also compared as it was sent. An empty secret is none, and left to `none`.
 */
@Injectable()
export class ClientSecretBasicMethod implements ClientAuthenticationMethod {
  readonly name = 'client_secret_basic';

  read({ authorization }: ClientAuthenticationRequest): ClientCredentials | undefined {
    if (authorization === undefined) return undefined;
    const credentials = readBasic(authorization);
    return credentials.proof === '' ? undefined : credentials;
  }

  /** Both forms are always compared, so that the time tells neither which of them is right nor that there are two. */
  async verify(
    _: ClientAuthenticationRequest,
    client: Client,
    { clientId, proof, asSent }: ClientCredentials,
  ): Promise<boolean> {
    const decoded = { clientId, proof };
    const secrets = [decoded, asSent ?? decoded].map((pair) => (pair.clientId === client.clientId ? pair.proof : ''));
    return matchesClientSecret(client, ...secrets);
  }
}
