import { Injectable } from '@nestjs/common';
import type {
  ClientAuthenticationMethod,
  ClientAuthenticationRequest,
  ClientCredentials,
} from './client-authentication-method.js';

/** A public client names itself and proves nothing: `client_id` in the body, RFC 6749 §2.3.1 and §3.2.1. */
@Injectable()
export class NoneMethod implements ClientAuthenticationMethod {
  readonly name = 'none';

  read({ authorization, params }: ClientAuthenticationRequest): ClientCredentials | undefined {
    const clientId = params.find('client_id');
    const hasOther =
      authorization !== undefined ||
      params.find('client_secret') !== undefined ||
      params.find('client_assertion') !== undefined ||
      params.find('client_assertion_type') !== undefined;
    return clientId === undefined || hasOther ? undefined : { clientId, proof: '' };
  }

  async verify(): Promise<boolean> {
    return true;
  }
}
