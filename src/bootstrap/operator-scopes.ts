import { Injectable } from '@nestjs/common';
import { MANAGEMENT_API, namesOf, scopesAt } from '../clients/permissions.js';
import { ClientsService } from '../clients/clients.service.js';
import type { StoredClient } from '../clients/clients.repository.js';
import type { TenantId } from '../database/tenant-id.js';
import { MANAGEMENT_SCOPES } from '../resources/management-api.js';
import { PlatformSettingsRepository } from './platform-settings.repository.js';

/** `platform_settings`: every scope of the management API that the operator's client was ever given by a start. */
const SETTING = 'operator_scopes_given';

/** What versions that kept no such record gave at their first start. */
const GIVEN_BEFORE = ['tenants', 'clients', 'users', 'apis', 'keys', 'consents']
  .flatMap((resource) => [`${resource}:read`, `${resource}:write`])
  .concat('audit:read');

/**
 * Gives the operator's client the management scopes that an upgrade added. Only a client that has a scope can pass it
 * on, so nobody else could. Each scope is given once: one that an operator removed is not given again.
 */
@Injectable()
export class OperatorScopes {
  constructor(
    private readonly settings: PlatformSettingsRepository,
    private readonly clients: ClientsService,
  ) {}

  get all(): string[] {
    return MANAGEMENT_SCOPES.map(({ name }) => name);
  }

  /** The client was just made with all of them. */
  async recordAll(): Promise<void> {
    await this.settings.put(SETTING, this.all);
  }

  async giveNew(tenantId: TenantId, { entity }: StoredClient): Promise<void> {
    const given = (await this.settings.find<string[]>(SETTING)) ?? GIVEN_BEFORE;
    const added = this.all.filter((scope) => !given.includes(scope));
    const held = scopesAt(entity.permissions, MANAGEMENT_API);
    const missing = added.filter((scope) => !held.includes(scope));
    if (missing.length > 0) {
      const {
        tenantId: _,
        clientId,
        managementRoles: ____,
        version,
        createdAt: __,
        updatedAt: ___,
        ...registration
      } = entity;
      const others = entity.permissions.filter(({ api }) => api !== MANAGEMENT_API);
      const permissions = [...others, { api: MANAGEMENT_API, scopes: [...held, ...missing] }];
      const updated = await this.clients.update(tenantId, clientId, {
        version,
        registration: { ...registration, permissions, scope: namesOf(permissions) },
        permissions: entity.permissions,
      });
      if (!updated) return; // another process was faster, or it was changed at this moment: the next start looks again
    }
    await this.settings.put(SETTING, [...new Set([...given, ...this.all])]);
  }
}
