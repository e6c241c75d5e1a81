import { Injectable } from '@nestjs/common';
import { type ClientMetadataInput, completeMetadata } from '../clients/client-metadata.js';
import { ClientsService } from '../clients/clients.service.js';
import { openIdPermission } from '../clients/permissions.js';
import { ConfigError, DEMO_ORIGIN, type DemoSecrets, type DevelopmentSecrets } from '../config/config.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { ApisService } from '../resources/apis.service.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { DEFAULT_POLICY } from '../tenants/tenant-policy.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { UsersService } from '../users/users.service.js';
import { DEMO_CALLBACK, DEMO_TENANTS, type DemoTenant } from './demo-tenants.js';
import { PlatformSettingsRepository } from './platform-settings.repository.js';

const SETTING = 'demo_seeded_at';
const OFFER = {
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  authenticationMethods: ['client_secret_basic', 'none'],
  redirectUris: DEFAULT_POLICY,
};
const ALL_OPENID = ['openid', 'profile', 'email', 'offline_access'];
const ALL_API = ['orders:read', 'orders:write'];
const apiOf = ({ slug }: DemoTenant) => `https://api.${slug}.example`;

/** The two demo tenants. Never made in production. */
@Injectable()
export class DemoSeed {
  constructor(
    private readonly settings: PlatformSettingsRepository,
    private readonly tenants: TenantsService,
    private readonly repository: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly clients: ClientsService,
    private readonly users: UsersService,
    private readonly apis: ApisService,
  ) {}

  /** Makes what is missing; the secrets are the ones that were printed, also when the database is new. */
  async seed(secrets: DevelopmentSecrets): Promise<void> {
    await this.settings.create(SETTING, new Date().toISOString());
    for (const demo of DEMO_TENANTS) await this.seedTenant(demo, secrets.demo[demo.slug]);
  }

  /**
   * Refuses to start production on a database with demo tenants, because their passwords were printed.
   * @throws ConfigError
   */
  async refuse(): Promise<void> {
    if ((await this.settings.find(SETTING)) === undefined) return;
    throw new ConfigError([
      'The database of DATABASE_URL has the demo tenants and their printed passwords; production needs a database ' +
        'of its own.',
    ]);
  }

  private async seedTenant(demo: DemoTenant, secrets: DemoSecrets): Promise<void> {
    const { slug, displayName, policy, branding } = demo;
    let entity = await this.repository.findBySlug(slug);
    if (!entity) {
      await this.tenants.create({ slug, displayName, policy, branding });
      entity = await this.repository.findBySlug(slug);
    }
    if (!entity) throw new Error(`The demo tenant ${slug} could not be made.`);
    const tenantId = toTenantId(entity.id);
    await this.seedApi(tenantId, demo);
    await this.seedClient(tenantId, 'web', webClient(demo), secrets.webClientSecret);
    await this.seedClient(tenantId, 'spa', spaClient(demo));
    await this.seedClient(tenantId, 'cli', cliClient(demo));
    await this.seedClient(tenantId, 'machine', machineClient(demo), secrets.machineClientSecret);
    const [alice] = await this.users.list(tenantId, { limit: 1, identifier: 'alice' });
    if (!alice) {
      const password = secrets.alicePassword;
      await this.users.create(this.resolver.view(entity, 'path'), { ...demo.alice, password });
    }
  }

  private async seedApi(tenantId: TenantId, demo: DemoTenant): Promise<void> {
    const { api } = demo;
    const identifier = apiOf(demo);
    const known = await this.apis.list(tenantId, { limit: 100 });
    if (known.some((one) => one.identifier === identifier)) return;
    await this.apis.create(tenantId, {
      identifier,
      displayName: api.displayName,
      scopes: [...api.scopes],
      accessTokenFormat: 'jwt',
      accessTokenLifetimeSeconds: null,
      introspectionClientIds: [],
    });
  }

  private async seedClient(
    tenantId: TenantId,
    clientId: string,
    metadata: ClientMetadataInput,
    secret?: string,
  ): Promise<void> {
    const known = await this.clients.find(tenantId, clientId);
    if (!known)
      await this.clients.create(tenantId, { clientId, registration: completeMetadata(metadata, OFFER), secret });
    else if (secret !== undefined) await this.clients.ensureOnlySecret(tenantId, known, secret);
  }
}

function webClient(demo: DemoTenant): ClientMetadataInput {
  return {
    clientName: demo.clientNames.web,
    tokenEndpointAuthMethod: 'client_secret_basic',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: [DEMO_CALLBACK],
    postLogoutRedirectUris: [`${DEMO_ORIGIN}/`],
    permissions: [...openIdPermission(ALL_OPENID), { api: apiOf(demo), scopes: ALL_API }],
    metadata: { clientUri: DEMO_ORIGIN, initiateLoginUri: `${DEMO_ORIGIN}/` },
  };
}

function spaClient(demo: DemoTenant): ClientMetadataInput {
  return {
    clientName: demo.clientNames.spa,
    applicationType: 'browser',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: [DEMO_CALLBACK],
    postLogoutRedirectUris: [`${DEMO_ORIGIN}/`],
    permissions: [...openIdPermission(ALL_OPENID), { api: apiOf(demo), scopes: ALL_API }],
  };
}

/** What `tenantry try login` signs in as: a native application on any port of this machine (RFC 8252). */
function cliClient(demo: DemoTenant): ClientMetadataInput {
  return {
    clientName: 'Tenantry command line',
    applicationType: 'native',
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/callback'],
    permissions: [...openIdPermission(ALL_OPENID), { api: apiOf(demo), scopes: ALL_API }],
  };
}

function machineClient(demo: DemoTenant): ClientMetadataInput {
  return {
    clientName: demo.clientNames.machine,
    tokenEndpointAuthMethod: 'client_secret_basic',
    grantTypes: ['client_credentials'],
    permissions: [{ api: apiOf(demo), scopes: ALL_API }],
  };
}
