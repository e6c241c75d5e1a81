import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { ClientDirectory } from '../clients/client-directory.js';
import type { Client } from '../clients/client.js';
import type { ClientRegistration } from '../clients/clients.repository.js';
import { ClientsService } from '../clients/clients.service.js';
import { CONSOLE_CLIENT_ID, consoleAddresses } from '../clients/console-client.js';
import { MANAGEMENT_API, OPENID_CONNECT, namesOf } from '../clients/permissions.js';
import { isUniqueViolation } from '../database/database-error.js';
import { MANAGEMENT_SCOPES } from '../resources/management-api.js';
import type { Tenant } from '../tenants/tenant.js';

const SCOPES = ['openid', 'profile', 'email'];
const ATTEMPTS = 3;

/** The scope that the console asks for: everything; the person's roles leave of it what they have. */
export const CONSOLE_SCOPE = [...SCOPES, ...MANAGEMENT_SCOPES.map(({ name }) => name)].join(' ');

/** The client of a tenant's console: made when somebody first wants to sign in, and mended when somebody changed it. */
@Injectable()
export class ConsoleClients {
  constructor(
    private readonly clients: ClientsService,
    private readonly directory: ClientDirectory,
  ) {}

  async ensure(tenant: Tenant): Promise<Client> {
    const wanted = registrationOf(tenant);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const known = await this.directory.find(tenant.id, CONSOLE_CLIENT_ID);
      if (known && isAsWanted(known, wanted)) return known;
      await this.write(tenant, wanted);
    }
    throw new Error(`The client of the console of ${tenant.slug} is changed by others all the time.`);
  }

  private async write(tenant: Tenant, wanted: ClientRegistration): Promise<void> {
    const stored = await this.clients.find(tenant.id, CONSOLE_CLIENT_ID);
    if (!stored) {
      await this.create(tenant, wanted);
      return;
    }
    const { version, permissions, requireSecondFactor } = stored.entity;
    for (const { id } of stored.secrets) await this.clients.deleteSecret(tenant.id, CONSOLE_CLIENT_ID, id);
    // To ask for more proof than the policy is the tenant's own decision.
    const registration = { ...wanted, requireSecondFactor };
    await this.clients.update(tenant.id, CONSOLE_CLIENT_ID, { version, registration, permissions });
  }

  private async create(tenant: Tenant, registration: ClientRegistration): Promise<void> {
    try {
      await this.clients.create(tenant.id, { clientId: CONSOLE_CLIENT_ID, registration });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another process was faster
    }
  }
}

function registrationOf(tenant: Tenant): ClientRegistration {
  const addresses = consoleAddresses(tenant);
  const [primary] = addresses;
  const permissions = [
    { api: OPENID_CONNECT, scopes: SCOPES },
    { api: MANAGEMENT_API, scopes: MANAGEMENT_SCOPES.map(({ name }) => name) },
  ];
  return {
    clientName: 'Tenantry console',
    applicationType: 'web',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    redirectUris: addresses.map((address) => `${address}/callback`),
    postLogoutRedirectUris: addresses.map((address) => `${address}/`),
    permissions,
    scope: namesOf(permissions),
    jwks: null,
    idTokenSignedResponseAlg: null,
    slimIdToken: false,
    metadata: primary === undefined ? {} : { clientUri: `${primary}/` },
    firstParty: true,
    requirePkce: true,
    refreshTokenRotation: true,
    strictAssertionAudience: null,
    requireSecondFactor: false,
    defaultAcrValues: null,
    defaultMaxAge: null,
    optionalScopes: [],
    reviewedAt: null,
    enabled: true,
  };
}

/** What decides whether the console works and is safe. */
function isAsWanted(client: Client, wanted: ClientRegistration): boolean {
  const decided = {
    applicationType: client.applicationType,
    tokenEndpointAuthMethod: client.tokenEndpointAuthMethod,
    grantTypes: client.grantTypes,
    responseTypes: client.responseTypes,
    redirectUris: client.redirectUris,
    postLogoutRedirectUris: client.postLogoutRedirectUris,
    permissions: client.permissions,
    firstParty: client.firstParty,
    requirePkce: client.requirePkce,
    refreshTokenRotation: client.refreshTokenRotation,
    enabled: client.enabled,
  };
  const own = Object.fromEntries(Object.keys(decided).map((name) => [name, Reflect.get(wanted, name) as unknown]));
  const isPlain =
    client.secrets.length === 0 &&
    client.defaultMaxAge === undefined &&
    client.defaultAcrValues.length === 0 &&
    client.optionalScopes.length === 0 &&
    client.idTokenSignedResponseAlg === undefined;
  return isPlain && isDeepStrictEqual(decided, own);
}
