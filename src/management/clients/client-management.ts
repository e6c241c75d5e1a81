import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ClientAuthenticator } from '../../clients/authentication/client-authenticator.js';
import {
  type ClientMetadataInput,
  ClientMetadataError,
  completeMetadata,
  defaultPermissions,
} from '../../clients/client-metadata.js';
import type { Permissions } from '../../clients/permissions.js';
import { CLIENT_ID, type ClientMetadata } from '../../clients/client.js';
import type { ClientEntity } from '../../clients/client.entity.js';
import type { ClientRegistration, StoredClient } from '../../clients/clients.repository.js';
import { ClientsService, type NewClientSecret } from '../../clients/clients.service.js';
import { randomSecret } from '../../crypto/random.js';
import { isUniqueViolation } from '../../database/database-error.js';
import { GrantRegistry } from '../../grants/grant.registry.js';
import { InsufficientScopeError, InvalidScopeError } from '../../oauth/oauth-error.js';
import { parseScope } from '../../oauth/scope.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import { managementPermissionsOf } from '../../resources/management-permissions.js';
import { bindPermissions } from '../../resources/permission-binding.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ClientMetadataDto, CreateClientDto, UpdateClientDto } from './clients.dto.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type Page, type PageQuery, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type Caller, SYSTEM_TENANT_SLUG } from '../kit/principal.js';
import { Problem, notFound } from '../kit/problem.js';
import { Recording } from '../kit/recording.js';
import { type ClientView, type ClientViewOptions, clientView } from '../views.js';
import { fromWire, mergePatch } from '../kit/wire.js';

/** The client that operators' scripts use; without it nobody could get in. */
const OPERATOR_CLIENT_ID = 'operator';
const USES_SECRET = ['client_secret_basic', 'client_secret_post'];
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
    private readonly recording: Recording,
    private readonly apis: ApiDirectory,
  ) {}

  view(entity: ClientEntity, shown: Omit<ClientViewOptions, 'managementIdentifier'> = {}): ClientView {
    return clientView(entity, { ...shown, managementIdentifier: this.apis.managementIdentifier });
  }

  async list(tenant: Tenant, query: PageQuery): Promise<Page<ClientView>> {
    const after = positionOf(query, (key) => CLIENT_ID.test(key));
    const rows = await this.service.list(tenant.id, { after, limit: limitOf(query) + 1 });
    return toPage(rows, query, {
      item: (client) => this.view(client),
      position: ({ clientId }) => clientId,
    });
  }

  async get(tenant: Tenant, clientId: string): Promise<StoredClient> {
    const stored = CLIENT_ID.test(clientId) ? await this.service.find(tenant.id, clientId) : undefined;
    if (!stored) throw notFound();
    return stored;
  }

  /** The secret is in the answer, this once and never again. */
  async create(
    caller: Caller,
    tenant: Tenant,
    body: CreateClientDto,
  ): Promise<StoredClient & { readonly secret: string | undefined }> {
    const { client_id: givenId, client_secret: givenSecret, ...metadata } = body;
    if (givenId !== undefined && LOOKS_LIKE_SUBJECT.test(givenId)) {
      throw new ClientMetadataError('client_id', 'looks like the identifier of a user');
    }
    const registration = await this.complete(caller, tenant, metadata);
    const usesSecret = USES_SECRET.includes(registration.tokenEndpointAuthMethod);
    if (givenSecret !== undefined && !usesSecret) {
      throw new ClientMetadataError('client_secret', `is not used by ${registration.tokenEndpointAuthMethod}`);
    }
    const secret = usesSecret ? (givenSecret ?? randomSecret()) : undefined;
    const clientId = givenId ?? `client-${randomUUID()}`;
    const change = { type: 'client.created', target: `client:${clientId}`, body } as const;
    try {
      const client = { clientId, registration, secret };
      await this.service.create(tenant.id, client, this.recording.of(caller, tenant.id, change));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Problem('conflict', 'client_id is taken.', [{ pointer: '/client_id', detail: 'is taken' }]);
    }
    return { ...(await this.get(tenant, clientId)), secret };
  }

  async update(
    caller: Caller,
    tenant: Tenant,
    change: { readonly clientId: string; readonly body: UpdateClientDto; readonly ifMatch: string | undefined },
  ): Promise<StoredClient> {
    const { clientId, body, ifMatch } = change;
    const { entity, secrets } = await this.get(tenant, clientId);
    const namesOnlyState = Object.keys(body).every((member) => member === 'enabled');
    checkIfMatch(ifMatch, entity.version, { needed: !namesOnlyState });
    if (body.enabled === false) refuseOperatorClient(tenant, entity);
    const registration = await this.complete(caller, tenant, body, entity);
    if (USES_SECRET.includes(registration.tokenEndpointAuthMethod) && secrets.length === 0) {
      throw new ClientMetadataError('token_endpoint_auth_method', 'needs a secret; add one first');
    }
    const recorded = { type: 'client.updated', target: `client:${clientId}`, body } as const;
    const version = { version: entity.version, registration };
    const updated = await this.service.update(
      tenant.id,
      clientId,
      version,
      this.recording.of(caller, tenant.id, recorded),
    );
    if (!updated) throw stale();
    return this.get(tenant, clientId);
  }

  async delete(caller: Caller, tenant: Tenant, clientId: string, ifMatch: string | undefined): Promise<void> {
    const { entity } = await this.get(tenant, clientId);
    checkIfMatch(ifMatch, entity.version, { needed: false });
    refuseOperatorClient(tenant, entity);
    const change = { type: 'client.deleted', target: `client:${clientId}` } as const;
    const deleted = await this.service.delete(tenant.id, clientId, this.recording.of(caller, tenant.id, change));
    if (!deleted) throw notFound();
  }

  async addSecret(caller: Caller, tenant: Tenant, clientId: string): Promise<NewClientSecret> {
    const { entity } = await this.get(tenant, clientId);
    this.checkScope(caller, entity, []);
    const change = { type: 'client_secret.created', target: `client:${clientId}` } as const;
    return this.service.addSecret(tenant.id, clientId, this.recording.of(caller, tenant.id, change));
  }

  async deleteSecret(caller: Caller, tenant: Tenant, clientId: string, id: string): Promise<void> {
    const { secrets } = await this.get(tenant, clientId);
    if (!secrets.some((secret) => secret.id === id)) throw notFound();
    const change = { type: 'client_secret.deleted', target: `client:${clientId}` } as const;
    const recording = this.recording.of(caller, tenant.id, change);
    if (!(await this.service.deleteSecret(tenant.id, clientId, id, recording))) throw notFound();
  }

  private async complete(
    caller: Caller,
    tenant: Tenant,
    body: ClientMetadataDto,
    known?: ClientEntity,
  ): Promise<ClientRegistration> {
    const { grantTypes } = this.grants;
    const input = toInput(known ?? {}, body, await this.bindPermissions(tenant, body, known));
    const registration = completeMetadata(input, { grantTypes, authenticationMethods: this.authenticator.methodNames });
    this.checkScope(caller, registration, known ? managementPermissionsOf(known) : []);
    return registration;
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

  /** Nobody makes a client that may do more to the platform than they may themselves. */
  private checkScope(
    caller: Caller,
    client: Pick<ClientRegistration, 'permissions'>,
    alreadyGiven: readonly string[],
  ): void {
    const beyond = managementPermissionsOf(client).find(
      (name) => !alreadyGiven.includes(name) && !caller.scope.includes(name),
    );
    if (beyond !== undefined)
      throw new InsufficientScopeError(`The access token needs the scope ${beyond} to pass it on.`, beyond);
  }
}

/** The registration that results from a patch of the known one; what is only shown lies one level deeper. */
function toInput(
  known: Partial<ClientEntity>,
  body: ClientMetadataDto,
  permissions: Permissions | null | undefined,
): ClientMetadataInput {
  const { scope: _, permissions: __, ...members } = fromWire(body);
  const shown = Object.fromEntries(METADATA_MEMBERS.map((name) => [name, members[name]]));
  const decisive = Object.fromEntries(
    Object.entries(members).filter(([name]) => !(METADATA_MEMBERS as readonly string[]).includes(name)),
  );
  return mergePatch<ClientMetadataInput>(known, {
    ...decisive,
    ...(permissions !== undefined && { permissions }),
    metadata: shown,
  });
}

function readScope(scope: string): string[] {
  try {
    return [...parseScope(scope)];
  } catch (error) {
    if (error instanceof InvalidScopeError) throw new ClientMetadataError('scope', 'must be scope names and spaces');
    throw error;
  }
}

function refuseOperatorClient({ slug }: Tenant, { clientId }: ClientEntity): void {
  if (slug === SYSTEM_TENANT_SLUG && clientId === OPERATOR_CLIENT_ID) {
    throw new Problem('conflict', 'The client operator of tenant system can be neither deleted nor disabled.');
  }
}
