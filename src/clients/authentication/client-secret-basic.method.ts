import { Injectable } from '@nestjs/common';
import { InvalidClientError } from '../../oauth/oauth-error.js';
import type { Client } from '../client.js';
import type {
  ClientAuthenticationMethod,
  ClientAuthenticationRequest,
  ClientCredentials,
} from './client-authentication-method.js';
import { matchesClientSecret } from './client-secret.js';

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/** HTTP Basic, RFC 6749 §2.3.1: identifier and secret are form-encoded before they become user name and password. */
@Injectable()
export class ClientSecretBasicMethod implements ClientAuthenticationMethod {
  readonly name = 'client_secret_basic';

  read({ authorization }: ClientAuthenticationRequest): ClientCredentials | undefined {
    if (authorization === undefined) return undefined;
    const encoded = BASIC.exec(authorization)?.[1];
    if (encoded === undefined) throw new InvalidClientError('The Authorization header is not HTTP Basic.');
    const pair = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = pair.indexOf(':');
    if (colon < 1) throw new InvalidClientError('The Authorization header has no client identifier and secret.');
    return { clientId: formDecode(pair.slice(0, colon)), proof: formDecode(pair.slice(colon + 1)) };
  }

  async verify(_: ClientAuthenticationRequest, client: Client, { proof }: ClientCredentials): Promise<boolean> {
    return matchesClientSecret(client, proof);
  }
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new InvalidClientError('The client identifier or secret is not form-encoded (RFC 6749, section 2.3.1).', {
      cause,
    });
  }
}
