import { Inject, Injectable } from '@nestjs/common';
import { completeMetadata } from '../clients/client-metadata.js';
import { ClientsService } from '../clients/clients.service.js';
import { MANAGEMENT_API } from '../clients/permissions.js';
import { CONFIG, type Config, ConfigError } from '../config/config.js';
import { isUniqueViolation } from '../database/database-error.js';
import { SYSTEM_TENANT_SLUG, toTenantId } from '../database/tenant-id.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { DEFAULT_POLICY } from '../tenants/tenant-policy.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { UserInputError } from '../users/user-input.js';
import { UsersService } from '../users/users.service.js';
import { DemoSeed } from './demo-seed.js';
import { MasterKeyCheck } from './master-key-check.js';
import { OperatorScopes } from './operator-scopes.js';

const OPERATOR = 'operator';

export interface BootstrapOptions {
  /** Where the demo application runs, when it is not where it usually does. */
  readonly demoOrigin?: string | undefined;
  /** Told which demo tenants are suspended, so that nobody looks for them. */
  readonly onSuspended?: (slugs: readonly string[]) => void;
}

/** Makes an empty database a platform: its tenant, its first operator, and the demo outside production. */
@Injectable()
export class BootstrapService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tenants: TenantsService,
    private readonly repository: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly clients: ClientsService,
    private readonly users: UsersService,
    private readonly demo: DemoSeed,
    private readonly masterKey: MasterKeyCheck,
    private readonly operatorScopes: OperatorScopes,
  ) {}

  /** Safe to run at every start, and by several processes at once. @throws ConfigError */
  async run({ demoOrigin, onSuspended }: BootstrapOptions = {}): Promise<void> {
    await this.masterKey.check();
    if (this.config.production) await this.demo.refuse();
    const system = await this.ensureSystemTenant();
    await this.masterKey.checkOpens(toTenantId(system.id));
    await this.ensureOperator(system);
    await this.ensureAdmin(system);
    if (!this.config.development) return;
    const suspended = await this.demo.seed(this.config.development, demoOrigin);
    onSuspended?.(suspended);
  }

  private async ensureSystemTenant(): Promise<TenantEntity> {
    const known = await this.repository.findBySlug(SYSTEM_TENANT_SLUG);
    if (known) return known;
    try {
      await this.tenants.create({ slug: SYSTEM_TENANT_SLUG, displayName: 'Tenantry', policy: {}, branding: {} });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error; // another process was faster
    }
    const created = await this.repository.findBySlug(SYSTEM_TENANT_SLUG);
    if (!created) throw new Error('The tenant system could not be made.');
    return created;
  }

  /** The environment defines this secret, so a changed value replaces the stored one. */
  private async ensureOperator(system: TenantEntity): Promise<void> {
    const tenantId = toTenantId(system.id);
    const { clientSecret: secret } = this.config.bootstrap;
    const known = await this.clients.find(tenantId, OPERATOR);
    if (known) {
      if (secret !== undefined) await this.clients.ensureOnlySecret(tenantId, known, secret);
      await this.operatorScopes.giveNew(tenantId, known);
      return;
    }
    if (secret === undefined) throw missing('BOOTSTRAP_CLIENT_SECRET', 'the client operator of tenant system');
    const registration = completeMetadata(
      {
        clientName: 'Operator',
        tokenEndpointAuthMethod: 'client_secret_basic',
        grantTypes: ['client_credentials'],
        permissions: [{ api: MANAGEMENT_API, scopes: this.operatorScopes.all }],
        firstParty: true,
      },
      {
        grantTypes: ['client_credentials'],
        authenticationMethods: ['client_secret_basic'],
        redirectUris: DEFAULT_POLICY,
      },
    );
    await ignoringRaces(() => this.clients.create(tenantId, { clientId: OPERATOR, registration, secret }));
    await this.operatorScopes.recordAll();
  }

  /** The initial password. The first start sets it; later starts do not change it. */
  private async ensureAdmin(system: TenantEntity): Promise<void> {
    const tenant = this.resolver.view(system);
    const known = await this.users.findByEither(tenant.id, 'admin');
    if (known) return;
    const { adminPassword: password } = this.config.bootstrap;
    if (password === undefined) throw missing('BOOTSTRAP_ADMIN_PASSWORD', 'the user admin of tenant system');
    const admin = { username: 'admin', password, tenantAdmin: true, claims: { name: 'Administrator' } };
    await ignoringRaces(() => this.users.create(tenant, admin));
  }
}

function missing(variable: string, what: string): ConfigError {
  return new ConfigError([`${variable} is not set, and the database has no ${what} yet; set it for the first start.`]);
}

async function ignoringRaces(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserInputError && error.member === 'password') {
      throw new ConfigError([`BOOTSTRAP_ADMIN_PASSWORD ${error.fault}; choose another one.`]);
    }
    const taken = isUniqueViolation(error) || (error instanceof UserInputError && error.conflict);
    if (!taken) throw error;
  }
}
