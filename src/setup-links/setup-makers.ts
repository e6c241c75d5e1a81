import { Injectable } from '@nestjs/common';
import { ClientDirectory } from '../clients/client-directory.js';
import type { Client } from '../clients/client.js';
import { SYSTEM_TENANT_SLUG, toTenantId } from '../database/tenant-id.js';
import { managementPermissionsOf } from '../resources/management-permissions.js';
import type { Tenant } from '../tenants/tenant.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import type { User } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import type { SetupMaker } from './setup-link.js';

/** Who made a link, as they are now. */
export interface StandingMaker {
  /** For the person who has the link. */
  readonly name: string;
  /** Scopes of the management API. */
  readonly permissions: readonly string[];
}

/** Asks what the makers of links may do now. Nothing is kept, so what is taken from them counts at once. */
@Injectable()
export class SetupMakers {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly users: UsersRepository,
    private readonly clients: ClientDirectory,
  ) {}

  /** Undefined when the maker is gone, disabled, or manages the tenant no longer. */
  async find(tenant: Tenant, maker: SetupMaker): Promise<StandingMaker | undefined> {
    const { makerTenantId, makerUserId } = maker;
    if (makerTenantId !== tenant.id && !(await this.isOfOperators(makerTenantId))) return undefined;
    return makerUserId === null ? this.findClient(maker) : this.findUser(makerTenantId, makerUserId);
  }

  private async isOfOperators(id: string): Promise<boolean> {
    const home = await this.tenants.findById(toTenantId(id));
    return home?.slug === SYSTEM_TENANT_SLUG && home.status === 'active';
  }

  private async findUser(tenantId: string, id: string): Promise<StandingMaker | undefined> {
    const user = await this.users.find(toTenantId(tenantId), id);
    if (!user?.enabled || user.deletionScheduledFor) return undefined;
    return { name: nameOf({ user }), permissions: user.managementPermissions };
  }

  private async findClient(maker: SetupMaker): Promise<StandingMaker | undefined> {
    const { makerTenantId, makerClientId, makerRegistrationId } = maker;
    if (makerClientId === null) return undefined;
    const client = await this.clients.find(toTenantId(makerTenantId), makerClientId);
    if (!client?.enabled || client.registrationId !== makerRegistrationId) return undefined;
    return { name: nameOf({ client }), permissions: managementPermissionsOf(client) };
  }
}

/** What people who have a link are told of its maker. */
export function nameOf({ user, client }: { readonly user?: User | undefined; readonly client?: Client | undefined }) {
  return user?.claims.name ?? user?.username ?? client?.clientName ?? client?.clientId ?? '';
}
