import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { isDeepStrictEqual } from 'node:util';
import { ClientDirectory } from '../clients/client-directory.js';
import { CONSOLE_CLIENT_ID, type Client } from '../clients/client.js';
import type { ClientRegistration } from '../clients/clients.repository.js';
import { ClientsService } from '../clients/clients.service.js';
import { consoleAddresses } from '../clients/console-client.js';
import { MANAGEMENT_API, OPENID_CONNECT, namesOf } from '../clients/permissions.js';
import { isUniqueViolation } from '../database/database-error.js';
import type { Companion } from '../database/unit-of-work.js';
import { findRedirectUriFault } from '../oauth/redirect-uri.js';
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
    private readonly audit: AuditRecorder,
  ) {}

  async ensure(tenant: Tenant, origin: RequestOrigin): Promise<Client> {
    const wanted = registrationOf(tenant);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const known = await this.directory.find(tenant.id, CONSOLE_CLIENT_ID);
      if (known && isAsWanted(known, wanted)) return known;
      await this.write(tenant, wanted, origin);
    }
    throw new Error(`The client of the console of ${tenant.slug} is changed by others all the time.`);
  }

  private async write(tenant: Tenant, wanted: ClientRegistration, origin: RequestOrigin): Promise<void> {
    const stored = await this.clients.find(tenant.id, CONSOLE_CLIENT_ID);
    if (!stored) {
      await this.create(tenant, wanted, origin);
      return;
    }
    const { version, permissions, requireSecondFactor } = stored.entity;
    for (const { id } of stored.secrets) await this.clients.deleteSecret(tenant.id, CONSOLE_CLIENT_ID, id);
    // To ask for more proof than the policy is the tenant's own decision.
    const registration = { ...wanted, requireSecondFactor };
    const companion = this.recorded(tenant, 'client.updated', origin);
    await this.clients.update(tenant.id, CONSOLE_CLIENT_ID, { version, registration, permissions }, companion);
  }

  private async create(tenant: Tenant, registration: ClientRegistration, origin: RequestOrigin): Promise<void> {
    try {
      const companion = this.recorded(tenant, 'client.created', origin);
      await this.clients.create(tenant.id, { clientId: CONSOLE_CLIENT_ID, registration }, companion);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another process was faster
    }
  }

  /** The platform does it, when somebody asks for the console. */
  private recorded(tenant: Tenant, type: 'client.created' | 'client.updated', origin: RequestOrigin): Companion {
    const target = `client:${CONSOLE_CLIENT_ID}`;
    const event = { tenantId: tenant.id, type, outcome: 'success', target, origin } as const;
    return {
      begin: () => Promise.resolve(),
      finish: (transaction) => this.audit.recordWith(transaction, event),
    };
  }
}

function registrationOf(tenant: Tenant): ClientRegistration {
  // Those that nobody could register would keep an administrator from changing anything else of it.
  const addresses = consoleAddresses(tenant).filter(
    (address) =>
      findRedirectUriFault(address, { applicationType: 'web', confidential: false }, tenant.policy) === undefined,
  );
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
