import { Injectable } from '@nestjs/common';
import type { Client } from '../client.js';
import type {
  ClientAuthenticationMethod,
  ClientAuthenticationRequest,
  ClientCredentials,
} from './client-authentication-method.js';
import { matchesClientSecret } from './client-secret.js';

/** `client_id` and `client_secret` in the body, RFC 6749 §2.3.1. */
@Injectable()
export class ClientSecretPostMethod implements ClientAuthenticationMethod {
  readonly name = 'client_secret_post';

  read({ params }: ClientAuthenticationRequest): ClientCredentials | undefined {
    const proof = params.find('client_secret');
    return proof === undefined ? undefined : { clientId: params.get('client_id'), proof };
  }

  async verify(_: ClientAuthenticationRequest, client: Client, { proof }: ClientCredentials): Promise<boolean> {
    return matchesClientSecret(client, proof);
  }
}
