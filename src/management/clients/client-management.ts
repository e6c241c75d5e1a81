import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ClientAuthenticator } from '../../clients/authentication/client-authenticator.js';
import {
  type ClientMetadataInput,
  ClientMetadataError,
  completeMetadata,
  defaultPermissions,
} from '../../clients/client-metadata.js';
import { CLIENT_ID, type ClientMetadata, findClientIdFault, usesSecret } from '../../clients/client.js';
import type { Permissions } from '../../clients/permissions.js';
import { withRolePermissions } from '../../clients/role-permissions.js';
import { findRegistrationWarnings } from '../../clients/registration-warnings.js';
import type { ClientEntity } from '../../clients/client.entity.js';
import type { ClientRegistration, StoredClient } from '../../clients/clients.repository.js';
import { CLIENT_SORT_KEYS } from '../../clients/client-list.js';
import { ClientsService, type NewClientSecret } from '../../clients/clients.service.js';
import { randomSecret } from '../../crypto/random.js';
import { isUniqueViolation } from '../../database/database-error.js';
import { GrantRegistry } from '../../grants/grant.registry.js';
import { ApiDirectory, findApi } from '../../resources/api-directory.js';
import { bindPermissions, readScope } from '../../resources/permission-binding.js';
import { RolesService } from '../../roles/roles.service.js';
import type { ClientMember } from '../../tenants/client-policy.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ClientMetadataDto, CreateClientDto, UpdateClientDto, ListClientsQuery } from './clients.dto.js';
import { refuseLockingOut, requirePowerOver } from '../kit/authority.js';
import { powersOf } from './client-powers.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { readListQuery, toListPage } from '../kit/list-query.js';
import type { Page } from '../kit/paging.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import type { Caller } from '../kit/principal.js';
import { Problem, notFound } from '../kit/problem.js';
import { fromWire, mergePatch } from '../kit/wire.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { type ClientViewOptions, clientSecretView, clientView } from './client.view.js';
import type { View } from '../kit/view.js';

/** RFC 9700 §4.15: an identifier that could be some user's `sub` would let a client pass for that user. */
const LOOKS_LIKE_SUBJECT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const METADATA_MEMBERS = [
  'clientUri',
  'logoUri',
  'policyUri',
  'tosUri',
  'contacts',
  'initiateLoginUri',
  'softwareId',
  'softwareVersion',
] as const satisfies (keyof ClientMetadata)[];

/** What operators and tenant admins do with clients. */
@Injectable()
export class ClientManagement {
  constructor(
    private readonly service: ClientsService,
    private readonly grants: GrantRegistry,
    private readonly authenticator: ClientAuthenticator,
    private readonly apis: ApiDirectory,
    private readonly roles: RolesService,
  ) {}

  view(
    tenant: Tenant,
    entity: ClientEntity,
    shown: Pick<ClientViewOptions, 'secrets' | 'secret' | 'warnings'> = {},
  ): View {
    const { managementIdentifier } = this.apis;
    const { idTokenSigningAlg } = tenant.policy;
    const isAlgLocked = tenant.clientLocks.has('idTokenSigningAlg');
    return clientView(entity, { ...shown, managementIdentifier, idTokenSigningAlg, isAlgLocked });
  }

  async list(tenant: Tenant, query: ListClientsQuery): Promise<Page<View>> {
    const request = readListQuery(query, CLIENT_SORT_KEYS, (id) => CLIENT_ID.test(id));
    const { enabled, application_type: applicationType, total } = query;
    const listed = await this.service.list(tenant.id, { ...request, enabled, applicationType, total });
    return toListPage(listed, (client) => this.view(tenant, client));
  }

  async get(tenant: Tenant, clientId: string): Promise<StoredClient> {
    const stored = CLIENT_ID.test(clientId) ? await this.service.find(tenant.id, clientId) : undefined;
    if (!stored) throw notFound();
    return stored;
  }

  /** The secret is in the answer, this once and never again. */
  async create(write: ManagementWrite, tenant: Tenant, body: CreateClientDto): Promise<WriteAnswer> {
    const { client_id: givenId, client_secret: givenSecret, ...metadata } = body;
    if (givenId !== undefined && LOOKS_LIKE_SUBJECT.test(givenId)) {
      throw new ClientMetadataError('client_id', 'looks like the identifier of a user');
    }
    const fault = givenId === undefined ? undefined : findClientIdFault(givenId);
    if (fault !== undefined) throw new ClientMetadataError('client_id', fault);
    if (givenId !== undefined) await this.refuseIdentifierOfApi(tenant, givenId);
    refuseLocked(tenant, body);
    const registration = await this.complete(tenant, metadata);
    requirePowerOver(write.caller, registration);
    if (givenSecret !== undefined && !usesSecret(registration)) {
      throw new ClientMetadataError('client_secret', `is not used by ${String(registration.tokenEndpointAuthMethod)}`);
    }
    const secret = usesSecret(registration) ? (givenSecret ?? randomSecret()) : undefined;
    const clientId = givenId ?? `client-${randomUUID()}`;
    const warnings = findRegistrationWarnings(registration, tenant.policy, namesIn(body));
    try {
      return await write.perform<StoredClient>({
        tenantId: tenant.id,
        change: () => ({ type: 'client.created', target: `client:${clientId}`, body }),
        answer: ({ entity, secrets }) =>
          write.created(
            { id: clientId, version: entity.version },
            this.view(tenant, entity, { secrets, secret, warnings }),
          ),
        work: (companion) => this.service.create(tenant.id, { clientId, registration, secret }, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Problem('conflict', 'client_id is taken.', [{ pointer: '/client_id', detail: 'is taken' }]);
    }
  }

  /**
   * RFC 9068 §5: an ID token of such a client would have the audience of the API's access tokens, and resource servers
   * that take the type `JWT` or none could not tell them apart.
   */
  private async refuseIdentifierOfApi(tenant: Tenant, clientId: string): Promise<void> {
    const api = findApi(await this.apis.list(tenant.id), clientId);
    if (!api) return;
    const detail = `is the identifier of the API ${api.displayName}, whose tokens this client’s ID tokens would pass for`;
    throw new Problem('conflict', `client_id ${detail}.`, [{ pointer: '/client_id', detail }]);
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly clientId: string; readonly body: UpdateClientDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { clientId, body, ifMatch } = change;
    const stored = await this.get(tenant, clientId);
    const { entity } = stored;
    requirePowerOver(write.caller, powersOf(stored));
    const namesOnlyState = Object.keys(body).every((member) => member === 'enabled');
    checkIfMatch(ifMatch, entity.version, { needed: !namesOnlyState });
    refuseLocked(tenant, body, entity);
    const registration = await this.complete(tenant, body, entity);
    requirePowerOver(write.caller, { permissions: registration.permissions });
    refuseLockingOut(tenant, clientId, registration);
    const before = this.view(tenant, entity);
    const warnings = findRegistrationWarnings(registration, tenant.policy, namesIn(body));
    return write.perform<StoredClient>({
      tenantId: tenant.id,
      change: () => ({ type: 'client.updated', target: `client:${clientId}`, body, before }),
      answer: (stored) =>
        write.changed(stored.entity, this.view(tenant, stored.entity, { secrets: stored.secrets, warnings })),
      work: (companion) =>
        this.service.update(
          tenant.id,
          clientId,
          {
            version: entity.version,
            registration,
            permissions: entity.permissions,
            secretFollows: stored.secrets.length === 0 && usesSecret(entity),
          },
          companion,
        ),
      otherwise: stale,
    });
  }

  async delete(
    write: ManagementWrite,
    tenant: Tenant,
    clientId: string,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const stored = await this.get(tenant, clientId);
    const { entity } = stored;
    requirePowerOver(write.caller, powersOf(stored));
    checkIfMatch(ifMatch, entity.version, { needed: false });
    refuseLockingOut(tenant, clientId, undefined);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'client.deleted', target: `client:${clientId}`, before: this.view(tenant, entity) }),
      answer: () => NO_CONTENT,
      work: (companion) =>
        this.service.delete(tenant.id, clientId, { companion, permit: this.permitFor(write.caller, tenant) }),
      otherwise: notFound,
    });
  }

  async addSecret(write: ManagementWrite, tenant: Tenant, clientId: string): Promise<WriteAnswer> {
    requirePowerOver(write.caller, powersOf(await this.get(tenant, clientId)));
    return write.perform<NewClientSecret>({
      tenantId: tenant.id,
      change: ({ id, createdAt }) => ({
        type: 'client_secret.created',
        target: `client:${clientId}`,
        after: { id, made_at: createdAt },
      }),
      answer: (added) => write.created(added, clientSecretView(added)),
      work: (companion) =>
        this.service.addSecret(tenant.id, clientId, { companion, permit: this.permitFor(write.caller, tenant) }),
      otherwise: notFound,
    });
  }

  async deleteSecret(write: ManagementWrite, tenant: Tenant, clientId: string, id: string): Promise<WriteAnswer> {
    const stored = await this.get(tenant, clientId);
    requirePowerOver(write.caller, powersOf(stored));
    const known = stored.secrets.find((secret) => secret.id === id);
    if (!known) throw notFound();
    const before = { id, made_at: known.createdAt, expires_at: known.expiresAt };
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'client_secret.deleted', target: `client:${clientId}`, before }),
      answer: () => NO_CONTENT,
      work: (companion) =>
        this.service.deleteSecret(tenant.id, clientId, id, { companion, permit: this.permitFor(write.caller, tenant) }),
      otherwise: notFound,
    });
  }

  /** Asked again in the transaction: the client may have been given more, or made anew, since it was looked at. */
  private permitFor(caller: Caller, tenant: Tenant) {
    return async (entity: ClientEntity, manager: EntityManager): Promise<void> => {
      const ofRoles = await this.roles.permissionsOf(tenant.id, entity.managementRoles, manager);
      requirePowerOver(caller, { permissions: withRolePermissions(entity.permissions, ofRoles) });
    };
  }

  private async complete(tenant: Tenant, body: ClientMetadataDto, known?: ClientEntity): Promise<ClientRegistration> {
    const { grantTypes } = this.grants;
    const input = toInput(known ?? {}, body, await this.bindPermissions(tenant, body, known));
    return completeMetadata(input, {
      grantTypes,
      authenticationMethods: this.authenticator.methodNames,
      redirectUris: tenant.policy,
    });
  }

  /** What the body says of scopes, each name with its API. */
  private async bindPermissions(
    tenant: Tenant,
    { scope, permissions, grant_types: grantTypes }: ClientMetadataDto,
    known?: ClientEntity,
  ): Promise<Permissions | null | undefined> {
    if (scope === undefined && permissions === undefined) return undefined;
    const asked = { scope: typeof scope === 'string' ? readScope(scope) : scope, permissions };
    const byDefault = defaultPermissions(grantTypes ?? known?.grantTypes);
    return bindPermissions(await this.apis.read(tenant.id), asked, { known: known?.permissions, byDefault });
  }
}

/**
 * What the tenant or a layer above it has locked is not set by a client. What it had is kept and may be sent again.
 * @throws ClientMetadataError
 */
function refuseLocked(tenant: Tenant, body: ClientMetadataDto, known?: ClientEntity): void {
  const { require_pkce: pkce, id_token_signed_response_alg: alg } = body;
  const refuse = (member: string): never => {
    throw new ClientMetadataError(member, 'is decided by the policy of the tenant, which is locked (policy_locks)');
  };
  const locked = (member: ClientMember) => tenant.clientLocks.has(member);
  if (locked('requirePkce') && typeof pkce === 'boolean' && pkce !== known?.requirePkce) refuse('require_pkce');
  // The answer of the API has the tenant's algorithm, and may be sent back.
  const isOther = alg !== tenant.policy.idTokenSigningAlg && alg !== known?.idTokenSignedResponseAlg;
  if (locked('idTokenSigningAlg') && typeof alg === 'string' && isOther) refuse('id_token_signed_response_alg');
}

/** The registration that results from a patch of the known one; what is only shown lies one level deeper. */
function toInput(
  known: Partial<ClientEntity>,
  body: ClientMetadataDto,
  permissions: Permissions | null | undefined,
): ClientMetadataInput {
  const { scope: _, permissions: __, reviewed, ...members } = fromWire(body);
  const shown = Object.fromEntries(METADATA_MEMBERS.map((name) => [name, members[name]]));
  const decisive = Object.fromEntries(
    Object.entries(members).filter(([name]) => !(METADATA_MEMBERS as readonly string[]).includes(name)),
  );
  const input = mergePatch<ClientMetadataInput>(known, {
    ...decisive,
    ...(permissions !== undefined && { permissions }),
    metadata: shown,
  });
  if (reviewed === undefined) return input;
  return { ...input, reviewedAt: reviewed ? (known.reviewedAt ?? new Date()) : null };
}

function namesIn({ scope }: ClientMetadataDto): string[] {
  return typeof scope === 'string' ? [...readScope(scope)] : [];
}
