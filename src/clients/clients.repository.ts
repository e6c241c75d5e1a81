import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { countListed } from '../database/count-listed.js';
import { Database } from '../database/database.js';
import { type Listed, readPage } from '../database/read-list.js';
import { type ClientPage, clientRequest, clientTable } from './client-list.js';
import { columnsOf, entityReader } from '../database/entity-columns.js';
import { type Statement, type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { OwnAddresses } from '../tenants/tenant-address.js';
import { rolePermissionsColumn } from '../database/role-permissions-column.js';
import { ClientEntity, ClientSecretEntity } from './client.entity.js';
import { MANAGEMENT_API, OPENID_CONNECT, type Permission, type Permissions, scopesAt } from './permissions.js';

/** Everything about a client that is registered; the tenant and the bookkeeping are not part of it. */
export type ClientRegistration = Omit<
  ClientEntity,
  'tenantId' | 'clientId' | 'registrationId' | 'managementRoles' | 'version' | 'createdAt' | 'updatedAt'
>;

export interface StoredClient {
  readonly entity: ClientEntity;
  readonly secrets: readonly ClientSecretEntity[];
  /** What those of its roles allow that the tenant made. */
  readonly tenantRolePermissions: readonly string[];
}

const find = statement(
  'clients.find',
  `SELECT ${columnsOf(ClientEntity)}, ${rolePermissionsColumn('clients')} FROM clients WHERE tenant_id = $1 AND client_id = $2`,
);
const findSecrets = statement(
  'client_secrets.find_of_client',
  `SELECT ${columnsOf(ClientSecretEntity)} FROM client_secrets WHERE tenant_id = $1 AND client_id = $2
    ORDER BY created_at, id`,
);
const readClient = entityReader(ClientEntity);
const readSecret = entityReader(ClientSecretEntity);
/** What is left of each client's permissions; `scope` follows them, in their order. */
const removePermissions = statement(
  'clients.remove_permissions',
  `WITH kept AS (
     SELECT c.client_id, coalesce(jsonb_agg(left_over.permission ORDER BY p.position)
                                    FILTER (WHERE left_over.permission IS NOT NULL), '[]') AS permissions
       FROM clients c
       CROSS JOIN jsonb_array_elements(c.permissions) WITH ORDINALITY AS p (permission, position)
       CROSS JOIN LATERAL (
         SELECT CASE
           WHEN p.permission ->> 'api' <> $2 THEN p.permission
           WHEN $3::text[] IS NULL OR $3 @> ARRAY(SELECT jsonb_array_elements_text(p.permission -> 'scopes')) THEN NULL
           ELSE jsonb_set(p.permission, '{scopes}', (p.permission -> 'scopes') - $3)
         END AS permission
       ) AS left_over
      WHERE c.tenant_id = $1 AND c.permissions @> jsonb_build_array(jsonb_build_object('api', $2::text))
      GROUP BY c.client_id
   )
   UPDATE clients c
      SET permissions = kept.permissions, version = c.version + 1, updated_at = now(),
          scope = ARRAY(SELECT name FROM jsonb_array_elements(kept.permissions) WITH ORDINALITY AS q (permission, position),
                          jsonb_array_elements_text(q.permission -> 'scopes') AS name
                         GROUP BY name ORDER BY min(q.position), name)
     FROM kept
    WHERE c.tenant_id = $1 AND c.client_id = kept.client_id AND c.permissions <> kept.permissions
   RETURNING c.client_id`,
);

const holdApis = statement(
  'clients.hold_apis',
  `SELECT identifier AS api, ARRAY(SELECT scope ->> 'name' FROM jsonb_array_elements(scopes) AS scope) AS scopes
     FROM apis WHERE tenant_id = $1 AND identifier = ANY ($2) ORDER BY identifier FOR SHARE`,
);
const leaveIntrospection = statement(
  'clients.leave_introspection',
  `UPDATE apis SET introspection_client_ids = array_remove(introspection_client_ids, $2), version = version + 1,
                   updated_at = now()
    WHERE tenant_id = $1 AND $2 = ANY (introspection_client_ids)
   RETURNING identifier`,
);
/** An attribute that was released to no other client is released to nobody. */
const leaveAttributes = statement(
  'clients.leave_attributes',
  `UPDATE tenants t
      SET user_attributes = (
            SELECT jsonb_agg(
                     CASE WHEN d.client_ids ? $2
                          THEN CASE WHEN jsonb_array_length(d.client_ids) = 1
                                    THEN jsonb_set(d.definition, '{claim}', 'null')
                                    ELSE jsonb_set(d.definition, '{claim,clientIds}', d.client_ids - $2::text) END
                          ELSE d.definition END ORDER BY d.position)
              FROM (SELECT definition, position, definition #> '{claim,clientIds}' AS client_ids
                      FROM jsonb_array_elements(t.user_attributes) WITH ORDINALITY AS a (definition, position)) AS d),
          version = t.version + 1, updated_at = now()
    WHERE t.id = $1
      AND t.user_attributes @> jsonb_build_array(jsonb_build_object('claim', jsonb_build_object('clientIds', jsonb_build_array($2::text))))
   RETURNING t.slug, t.addresses`,
);

/** Names under which a tenant is found. */
export interface ChangedTenant {
  readonly slug: string;
  readonly addresses: OwnAddresses;
}

@Injectable()
export class ClientsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, clientId: string, within?: EntityManager): Promise<StoredClient | undefined> {
    const read = (statement: Statement): Promise<object[]> =>
      within
        ? within.query(statement.text, [tenantId, clientId])
        : this.database.lookup(tenantId, statement, [tenantId, clientId]);
    const [clients, secrets] = await Promise.all([read(find), read(findSecrets)]);
    const [row] = clients;
    if (!row) return undefined;
    const { role_permissions: tenantRolePermissions } = row as { readonly role_permissions: string[] };
    return { entity: readClient(row), secrets: secrets.map(readSecret), tenantRolePermissions };
  }

  /** A page of those that a filter leaves. */
  async list(tenantId: TenantId, page: ClientPage): Promise<Listed<ClientEntity>> {
    const table = clientTable(tenantId);
    const request = clientRequest(page);
    return this.database.entities(tenantId, (manager) =>
      readPage(manager, {
        table,
        request,
        find: (ids) => manager.findBy(ClientEntity, { tenantId, clientId: In(ids) }),
        idOf: ({ clientId }) => clientId,
        count: page.total ? () => countListed(manager, table, request, { tenantId, resource: 'clients' }) : undefined,
      }),
    );
  }

  async create(
    tenantId: TenantId,
    clientId: string,
    registration: ClientRegistration,
    manager: EntityManager,
  ): Promise<void> {
    const registrationId = randomUUID();
    await manager.insert(ClientEntity, { ...registration, tenantId, clientId, registrationId, version: 1 });
  }

  /** @returns false when the client is gone or its version is not `version` */
  async update(
    tenantId: TenantId,
    clientId: string,
    change: { readonly version: number; readonly registration: Partial<ClientRegistration> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      ClientEntity,
      { tenantId, clientId, version: change.version },
      { ...change.registration, version: change.version + 1 },
    );
    return affected === 1;
  }

  /**
   * Takes scopes of an API from every client; without `scopes` the whole API.
   * @returns the clients that lost something
   */
  async removePermissions(
    tenantId: TenantId,
    api: { readonly identifier: string; readonly scopes?: readonly string[] | undefined },
    transaction: Transaction,
  ): Promise<string[]> {
    const values = [tenantId, api.identifier, api.scopes ?? null];
    return (await transaction.query<{ client_id: string }>(removePermissions, values)).map((row) => row.client_id);
  }

  /**
   * Keeps the APIs as they are until the transaction ends, so that what is given at them is there to be given. Comes
   * before the client's own row is written: whoever changes an API locks it first and its clients afterwards.
   * @returns the first of the permissions that nobody can have (any more), or undefined
   */
  async holdApis(
    tenantId: TenantId,
    permissions: Permissions,
    transaction: Transaction,
  ): Promise<Permission | undefined> {
    const ofTenant = permissions.filter(({ api }) => api !== OPENID_CONNECT && api !== MANAGEMENT_API);
    if (ofTenant.length === 0) return undefined;
    const held = await transaction.query<Permission & object>(holdApis, [tenantId, ofTenant.map(({ api }) => api)]);
    return ofTenant.find(({ api, scopes }) => scopes.some((name) => !scopesAt(held, api).includes(name)));
  }

  /**
   * Takes the client out of the lists of those who may introspect an API's tokens (RFC 7662 §2.1).
   * @returns the identifiers of the APIs that had it
   */
  async leaveIntrospection(tenantId: TenantId, clientId: string, transaction: Transaction): Promise<string[]> {
    const rows = await transaction.query<{ identifier: string }>(leaveIntrospection, [tenantId, clientId]);
    return rows.map(({ identifier }) => identifier);
  }

  /**
   * Takes the client out of the lists of those to whom an attribute of users is released.
   * @returns the tenant when it had it, or nothing
   */
  leaveAttributes(tenantId: TenantId, clientId: string, transaction: Transaction): Promise<ChangedTenant[]> {
    return transaction.query<ChangedTenant & object>(leaveAttributes, [tenantId, clientId]);
  }

  async delete(tenantId: TenantId, clientId: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.delete(ClientEntity, { tenantId, clientId });
    return affected === 1;
  }

  /**
   * Lets one transaction at a time change what belongs to the client.
   * @returns the client as it is now, or undefined when it is gone
   */
  async lock(tenantId: TenantId, clientId: string, manager: EntityManager): Promise<ClientEntity | undefined> {
    const where = { tenantId, clientId };
    return (await manager.findOne(ClientEntity, { where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  async createSecret(
    tenantId: TenantId,
    clientId: string,
    secret: Pick<ClientSecretEntity, 'id' | 'digest' | 'expiresAt'>,
    manager: EntityManager,
  ): Promise<void> {
    await manager.insert(ClientSecretEntity, { ...secret, tenantId, clientId });
  }

  /** Oldest first. */
  async listSecrets(tenantId: TenantId, clientId: string, manager: EntityManager): Promise<ClientSecretEntity[]> {
    return listSecrets(manager, tenantId, clientId);
  }

  async deleteSecret(tenantId: TenantId, clientId: string, id: string, manager: EntityManager): Promise<boolean> {
    const { affected } = await manager.delete(ClientSecretEntity, { tenantId, clientId, id });
    return affected === 1;
  }
}

function listSecrets(manager: EntityManager, tenantId: TenantId, clientId: string): Promise<ClientSecretEntity[]> {
  return manager.find(ClientSecretEntity, { where: { tenantId, clientId }, order: { createdAt: 'ASC', id: 'ASC' } });
}
