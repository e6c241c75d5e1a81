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

/**
 * HTTP Basic, RFC 6749 §2.3.1: identifier and secret are form-encoded before they become user name and password. Many
 * clients leave that out, so the pair is also compared as it was sent.
 */
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
    const asSent = { clientId: pair.slice(0, colon), proof: pair.slice(colon + 1) };
    const [clientId, proof] = [formDecode(asSent.clientId), formDecode(asSent.proof)];
    return clientId === undefined || proof === undefined ? { ...asSent, asSent } : { clientId, proof, asSent };
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

/** Undefined for what is not form-encoded. */
function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
