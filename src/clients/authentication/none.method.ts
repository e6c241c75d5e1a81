import { Injectable } from '@nestjs/common';
import { readBasic } from './basic-credentials.js';
import type {
  ClientAuthenticationMethod,
  ClientAuthenticationRequest,
  ClientCredentials,
} from './client-authentication-method.js';

/**
 * A public client names itself and proves nothing, RFC 6749 §2.3.1 and §3.2.1: `client_id` in the body, or HTTP Basic with
 * an empty password: "The client MAY omit the parameter if the client secret is an empty string."
 */
@Injectable()
export class NoneMethod implements ClientAuthenticationMethod {
  readonly name = 'none';

  read({ authorization, params }: ClientAuthenticationRequest): ClientCredentials | undefined {
    if (authorization !== undefined) {
      const credentials = readBasic(authorization);
      return credentials.proof === '' ? credentials : undefined;
    }
    const clientId = params.find('client_id');
    const hasOther =
      params.find('client_secret') !== undefined ||
      params.find('client_assertion') !== undefined ||
      params.find('client_assertion_type') !== undefined;
    return clientId === undefined || hasOther ? undefined : { clientId, proof: '' };
  }

  async verify(): Promise<boolean> {
    return true;
  }
}
