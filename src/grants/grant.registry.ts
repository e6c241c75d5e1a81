import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.js';
import { UnsupportedGrantTypeError, quoted } from '../oauth/oauth-error.js';
import type { Tenant } from '../tenants/tenant.js';
import { allowsGrantType } from '../tenants/tenant-policy.js';
import { checkGrantType } from './allowed-grant-types.js';
import { GRANT_HANDLERS, type GrantHandler } from './grant-handler.js';

/** Grant types that the authorization endpoint serves and the token endpoint does not. */
const AUTHORIZATION_ENDPOINT_GRANTS = ['implicit'];

/** Finds the handler of a grant type; what discovery and registration know of grants comes from here too. */
@Injectable()
export class GrantRegistry {
  private readonly handlers: ReadonlyMap<string, GrantHandler>;

  constructor(@Inject(GRANT_HANDLERS) handlers: readonly GrantHandler[]) {
    this.handlers = new Map(handlers.map((handler) => [handler.grantType, handler]));
  }

  /** Every grant type this installation knows. */
  get grantTypes(): readonly string[] {
    return [...this.handlers.keys(), ...AUTHORIZATION_ENDPOINT_GRANTS];
  }

  /** Those a tenant allows. */
  grantTypesOf(tenant: Tenant): readonly string[] {
    return this.grantTypes.filter((grantType) => allowsGrantType(tenant.policy, grantType));
  }

  /**
   * @throws UnsupportedGrantTypeError when nobody serves it here
   * @throws UnauthorizedClientError when it is not for this client
   */
  get(tenant: Tenant, client: Client, grantType: string): GrantHandler {
    const handler = this.handlers.get(grantType);
    if (!handler) throw new UnsupportedGrantTypeError(`The grant type ${quoted(grantType)} is not supported.`);
    checkGrantType(tenant, client, grantType);
    return handler;
  }
}
