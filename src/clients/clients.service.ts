import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { digest, equalInConstantTime } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { Listed } from '../database/read-list.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ClientPage } from './client-list.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { type KeyPair, KeyProvision } from '../keys/key-provision.js';
import { without } from '../oauth/scope.js';
import { announceTenant } from '../tenants/announce-tenant.js';
import { usesSecret } from './client.js';
import { ClientMetadataError } from './client-metadata.js';
import { metadataFault } from './metadata-faults.js';
import type { ClientEntity, ClientSecretEntity } from './client.entity.js';
import {
  type ChangedTenant,
  type ClientRegistration,
  ClientsRepository,
  type StoredClient,
} from './clients.repository.js';
import { type Permissions, scopesAt } from './permissions.js';

/** A second secret allows replacing the first one without an outage. More than two are not needed. */
const MAX_SECRETS = 2;

/** Thrown when a client has as many secrets as it can. */
export class TooManySecretsError extends Error {}

/** Thrown when a client would be left without the secret its authentication method needs. */
export class LastSecretError extends Error {}

/** What belongs to a change of a client that somebody knows by its identifier alone. */
export interface ClientChange<Written> {
  readonly companion?: Companion<Written> | undefined;
  /** Asked in the transaction, of the client as it is then. What it throws undoes the change. */
  readonly permit?: (client: ClientEntity, manager: EntityManager, transaction: Transaction) => Promise<void>;
}

/** The one moment in which the secret itself is known. */
export interface NewClientSecret {
  readonly id: string;
  readonly secret: string;
  readonly createdAt: Date;
}

/** Registration and change of clients. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly database: Database,
    private readonly repository: ClientsRepository,
    private readonly keys: KeyProvision,
    private readonly changes: ChangeFeed,
  ) {}

  find(tenantId: TenantId, clientId: string): Promise<StoredClient | undefined> {
    return this.repository.find(tenantId, clientId);
  }

  list(tenantId: TenantId, page: ClientPage): Promise<Listed<ClientEntity>> {
    return this.repository.list(tenantId, page);
  }

  /** @throws a unique violation when the identifier is taken */
  async create(
    tenantId: TenantId,
    client: {
      readonly clientId: string;
      readonly registration: ClientRegistration;
      readonly secret?: string | undefined;
    },
    companion?: Companion<StoredClient>,
  ): Promise<StoredClient | undefined> {
    const { clientId, registration, secret } = client;
    const keys = await this.prepareKeys(tenantId, registration);
    const created = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      await this.checkGiven(tenantId, registration.permissions, transaction);
      await this.repository.create(tenantId, clientId, registration, manager);
      if (secret !== undefined) await this.repository.createSecret(tenantId, clientId, newSecret(secret), manager);
      await this.keys.publish(tenantId, keys, transaction);
      return this.repository.find(tenantId, clientId, manager);
    });
    this.keys.announce(tenantId, keys);
    this.announce(tenantId, clientId);
    return created;
  }

  /**
   * @returns undefined when the version is stale
   * @throws ClientMetadataError when the client would need a secret and has none, or is given what an API lost meanwhile
   */
  async update(
    tenantId: TenantId,
    clientId: string,
    change: {
      readonly version: number;
      readonly registration: ClientRegistration;
      /** What that version has. */
      readonly permissions: Permissions;
      /** The client may be without a secret: it had none before, or its owner adds one. */
      readonly secretFollows?: boolean;
    },
    companion?: Companion<StoredClient>,
  ): Promise<StoredClient | undefined> {
    const keys = await this.prepareKeys(tenantId, change.registration);
    const updated = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      const given = added(change.registration.permissions, change.permissions);
      await this.checkGiven(tenantId, given, transaction);
      if (!(await this.repository.update(tenantId, clientId, change, manager))) return undefined;
      const stored = await this.repository.find(tenantId, clientId, manager);
      if (stored && !change.secretFollows && usesSecret(stored.entity) && stored.secrets.length === 0) {
        throw new ClientMetadataError('token_endpoint_auth_method', metadataFault('secret_missing'));
      }
      await this.keys.publish(tenantId, keys, transaction);
      return stored;
    });
    this.keys.announce(tenantId, keys);
    this.announce(tenantId, clientId);
    return updated;
  }

  /** A client that is made anew under its identifier is another one, and inherits nothing. */
  async delete(
    tenantId: TenantId,
    clientId: string,
    { companion, permit }: ClientChange<true> = {},
  ): Promise<true | undefined> {
    const apis: string[] = [];
    const tenants: ChangedTenant[] = [];
    const deleted = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      apis.push(...(await this.repository.leaveIntrospection(tenantId, clientId, transaction)));
      tenants.push(...(await this.repository.leaveAttributes(tenantId, clientId, transaction)));
      const client = await this.repository.lock(tenantId, clientId, manager);
      if (!client) return undefined;
      await permit?.(client, manager, transaction);
      return (await this.repository.delete(tenantId, clientId, manager)) ? true : undefined;
    });
    this.announce(tenantId, clientId);
    for (const key of apis) this.changes.announce({ table: 'apis', tenantId, key });
    announceTenant(this.changes, tenantId, ...tenants);
    return deleted;
  }

  /**
   * A second secret beside the one in use, so that a client can change over without an outage.
   * @returns undefined when the client is gone
   * @throws TooManySecretsError when there are two already
   */
  async addSecret(
    tenantId: TenantId,
    clientId: string,
    { companion, permit }: ClientChange<NewClientSecret> = {},
  ): Promise<NewClientSecret | undefined> {
    const secret = randomSecret();
    const entity = newSecret(secret);
    const created = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      const client = await this.repository.lock(tenantId, clientId, manager);
      if (!client) return undefined;
      await permit?.(client, manager, transaction);
      const known = await this.repository.listSecrets(tenantId, clientId, manager);
      if (known.length >= MAX_SECRETS) throw new TooManySecretsError();
      await this.repository.createSecret(tenantId, clientId, entity, manager);
      return { secret, id: entity.id, createdAt: new Date() };
    });
    this.announce(tenantId, clientId);
    return created;
  }

  /**
   * @returns undefined when the secret does not exist any more
   * @throws LastSecretError when the client could not authenticate any more
   */
  async deleteSecret(
    tenantId: TenantId,
    clientId: string,
    id: string,
    { companion, permit }: ClientChange<true> = {},
  ): Promise<true | undefined> {
    const deleted = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      const client = await this.repository.lock(tenantId, clientId, manager);
      if (!client) return undefined;
      await permit?.(client, manager, transaction);
      const secrets = await this.repository.listSecrets(tenantId, clientId, manager);
      const others = secrets.filter((secret) => secret.id !== id && isGood(secret));
      if (others.length === secrets.length) return undefined;
      if (usesSecret(client) && others.length === 0) throw new LastSecretError();
      return (await this.repository.deleteSecret(tenantId, clientId, id, manager)) ? true : undefined;
    });
    this.announce(tenantId, clientId);
    return deleted;
  }

  /** Makes this the client's only secret, for a client whose secret configuration gives and no person. */
  async ensureOnlySecret(tenantId: TenantId, { entity, secrets }: StoredClient, secret: string): Promise<void> {
    const [only, ...others] = secrets;
    if (only && others.length === 0 && equalInConstantTime(only.digest, digest(secret))) return;
    await this.database.entities(tenantId, async (manager) => {
      for (const { id } of secrets) await this.repository.deleteSecret(tenantId, entity.clientId, id, manager);
      await this.repository.createSecret(tenantId, entity.clientId, newSecret(secret), manager);
    });
    this.announce(tenantId, entity.clientId);
  }

  /**
   * Takes scopes of an API, or all of it, from every client, in the transaction that takes them from the API.
   * @returns the clients that changed; the caller announces them after the commit
   */
  async removePermissions(
    tenantId: TenantId,
    api: { readonly identifier: string; readonly scopes?: readonly string[] | undefined },
    transaction: Transaction,
  ): Promise<string[]> {
    return this.repository.removePermissions(tenantId, api, transaction);
  }

  /**
   * The keys that the client's ID tokens need and the tenant does not have yet. They are published with the client. A
   * client that names no algorithm follows the policy, whose keys are in every key set.
   */
  private async prepareKeys(
    tenantId: TenantId,
    { idTokenSignedResponseAlg: alg }: ClientRegistration,
  ): Promise<readonly KeyPair[]> {
    return alg === null ? [] : this.keys.prepare(tenantId, [alg]);
  }

  private async checkGiven(tenantId: TenantId, given: Permissions, transaction: Transaction): Promise<void> {
    const lost = await this.repository.holdApis(tenantId, given, transaction);
    if (!lost) return;
    throw new ClientMetadataError('permissions', metadataFault('scope_lost', { api: lost.api }));
  }

  private announce(tenantId: TenantId, key: string): void {
    this.changes.announce({ table: 'clients', tenantId, key });
  }
}

/** What is in `permissions` and not in `before`. */
function added(permissions: Permissions, before: Permissions): Permissions {
  return permissions
    .map(({ api, scopes }) => ({ api, scopes: without(scopes, scopesAt(before, api)) }))
    .filter(({ scopes }) => scopes.length > 0);
}

function isGood({ expiresAt }: ClientSecretEntity): boolean {
  return expiresAt === null || expiresAt.getTime() > Date.now();
}

function newSecret(secret: string): Pick<ClientSecretEntity, 'id' | 'digest' | 'expiresAt'> {
  return { id: uuidv7(), digest: digest(secret), expiresAt: null };
}
