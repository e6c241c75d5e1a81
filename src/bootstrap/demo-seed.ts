import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type ClientMetadataInput, completeMetadata } from '../clients/client-metadata.js';
import { ClientsService } from '../clients/clients.service.js';
import { ConfigError, DEMO_ORIGIN, type DemoSecrets, type DevelopmentSecrets } from '../config/config.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { ApisService } from '../resources/apis.service.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { DEFAULT_POLICY, chosenPolicy } from '../tenants/tenant-policy.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { UsersService } from '../users/users.service.js';
import { apiOf, cliClient, machineClient, movedAddresses, spaClient, webClient } from './demo-clients.js';
import { DEMO_TENANTS, type DemoTenant } from './demo-tenants.js';
import { PlatformSettingsRepository } from './platform-settings.repository.js';

const SETTING = 'demo_seeded_at';
/** `platform_settings`: the address of the demo application that the clients were last given. */
const ORIGIN_SETTING = 'demo_origin';
const OFFER = {
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  authenticationMethods: ['client_secret_basic', 'none'],
  redirectUris: DEFAULT_POLICY,
};
/** Where the demo application was, and where it is. */
interface Move {
  readonly from: string;
  readonly to: string;
}

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

  /**
   * Makes what is missing; the secrets are the ones that were printed, also when the database is new.
   * @returns the demo tenants that are suspended
   */
  async seed(secrets: DevelopmentSecrets, origin = DEMO_ORIGIN): Promise<string[]> {
    await this.settings.create(SETTING, new Date().toISOString());
    const moved = { from: (await this.settings.find<string>(ORIGIN_SETTING)) ?? DEMO_ORIGIN, to: origin };
    const suspended: string[] = [];
    for (const demo of DEMO_TENANTS) {
      const { status } = await this.seedTenant(demo, secrets.demo[demo.slug], moved);
      if (status === 'suspended') suspended.push(demo.slug);
    }
    await this.settings.put(ORIGIN_SETTING, origin);
    return suspended;
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

  private async seedTenant(demo: DemoTenant, secrets: DemoSecrets, moved: Move): Promise<TenantEntity> {
    const { slug, displayName, policy, branding } = demo;
    // It may have been renamed.
    let entity = await this.repository.findByAnySlug(slug);
    if (!entity) {
      await this.tenants.create({ slug, displayName, policy, branding });
      entity = await this.repository.findBySlug(slug);
    }
    if (!entity) throw new Error(`The demo tenant ${slug} could not be made.`);
    if (isDeepStrictEqual(chosenPolicy(entity.policy), demo.formerPolicy))
      await this.tenants.update(entity, { policy });
    const tenantId = toTenantId(entity.id);
    await this.seedApi(tenantId, demo);
    await this.seedClient(tenantId, 'web', webClient(demo, moved.to), secrets.webClientSecret);
    await this.seedClient(tenantId, 'spa', spaClient(demo, moved.to));
    for (const clientId of ['web', 'spa']) await this.moveClient(tenantId, clientId, moved);
    await this.seedClient(tenantId, 'cli', cliClient(demo));
    await this.seedClient(tenantId, 'machine', machineClient(demo), secrets.machineClientSecret);
    const alice = await this.users.findByEither(tenantId, 'alice');
    if (!alice) {
      const password = secrets.alicePassword;
      await this.users.create(this.resolver.view(entity), { ...demo.alice, password });
    }
    return entity;
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
      accessTokenTyp: 'at+jwt',
      accessTokenLifetimeSeconds: null,
      introspectionClientIds: [],
      rolesInTokens: 'off',
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

  private async moveClient(tenantId: TenantId, clientId: string, moved: Move): Promise<void> {
    const entity = (await this.clients.find(tenantId, clientId))?.entity;
    const addresses = entity && movedAddresses(entity, moved);
    if (!addresses) return;
    const { tenantId: _, clientId: __, version, createdAt: ___, updatedAt: ____, ...registration } = entity;
    await this.clients.update(tenantId, clientId, {
      version,
      registration: { ...registration, ...addresses },
      permissions: entity.permissions,
    });
  }
}
