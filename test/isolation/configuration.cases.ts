import { randomBytes, randomUUID } from 'node:crypto';
import { ClientsRepository } from '../../src/clients/clients.repository.js';
import { UsedAssertionsRepository } from '../../src/clients/authentication/used-assertions.repository.js';
import type { TenantId } from '../../src/database/tenant-id.js';
import { DataKeysRepository } from '../../src/keys/data-keys.repository.js';
import { SigningKeysRepository } from '../../src/keys/signing-keys.repository.js';
import { IdempotencyRepository } from '../../src/management/kit/idempotency.repository.js';
import { ReadinessRepository } from '../../src/onboarding/readiness.repository.js';
import { ApisRepository } from '../../src/resources/apis.repository.js';
import { isHeld, type RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** A client of acme's for this case alone. */
async function newClient({ platform }: World): Promise<string> {
  const body = { grant_types: ['client_credentials'] };
  return (await platform.operator.create<{ client_id: string }>('/tenants/acme/clients', body)).client_id;
}

async function newApi({ platform }: World): Promise<string> {
  const body = {
    identifier: `https://${randomUUID()}.test`,
    display_name: 'An API',
    scopes: [],
    access_token_format: 'jwt',
  };
  return (await platform.operator.create<{ id: string }>('/tenants/acme/apis', body)).id;
}

const generatedKey = () => ({ kid: randomUUID(), publicJwk: { kty: 'EC' }, privateKey: randomBytes(8) });

/** An answer that acme keeps under an Idempotency-Key. */
async function storedAnswer(world: World) {
  const request = {
    digest: randomBytes(32),
    fingerprint: randomBytes(32),
    scope: ['users:write'],
    status: 201,
    response: randomBytes(8),
  };
  await world.transaction(world.acmeId, (transaction) =>
    world.repository(IdempotencyRepository).store(world.acmeId, request, { tenantId: world.acmeId, transaction }),
  );
  return request;
}

/** A key of acme's that waits, of an algorithm that acme does not use otherwise. */
async function waitingKey(world: World) {
  const key = { ...generatedKey(), withFirst: false };
  await world.transaction(world.acmeId, async (transaction) => {
    await world.repository(SigningKeysRepository).createNext(world.acmeId, 'EdDSA', key, transaction);
  });
  return key;
}

/** Earlier cases may have made keys of it. */
async function withoutEdDsa({ platform }: World): Promise<void> {
  await platform.database.query(`DELETE FROM signing_keys WHERE alg = 'EdDSA'`);
}

/** Holds a lock of acme's in a transaction while the call asks for the same one. */
function whileHeld(
  world: World,
  lock: (tenantId: World['acmeId'], timeout: boolean) => (held: () => Promise<void>) => Promise<void>,
) {
  return (tenantId: World['acmeId']): Promise<boolean> =>
    new Promise((resolve, reject) => {
      lock(
        world.acmeId,
        false,
      )(async () => {
        resolve(await isHeld(lock(tenantId, true)(async () => undefined)));
      }).catch(reject);
    });
}

export const configurationCases: RepositoryCases = {
  'ReadinessRepository.find': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      return async (tenantId) => {
        const facts = await world.repository(ReadinessRepository).find(tenantId);
        return facts?.clients.some((client) => client.clientId === clientId);
      };
    },
  },
  'ClientsRepository.find': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      return (tenantId) => world.repository(ClientsRepository).find(tenantId, clientId);
    },
  },
  'ClientsRepository.list': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      return async (tenantId) =>
        (await world.repository(ClientsRepository).list(tenantId, { limit: 200 })).rows.filter(
          (client) => client.clientId === clientId,
        );
    },
  },
  'ClientsRepository.create': {
    prepare: async (world) => {
      const stored = await world.repository(ClientsRepository).find(world.acmeId, 'machine');
      if (!stored) throw new Error('acme has no client `machine`.');
      const { tenantId: _, clientId: __, registrationId: ___, version: ____, ...rest } = stored.entity;
      const { createdAt: _____, updatedAt: ______, ...data } = rest;
      const clientId = randomUUID();
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(ClientsRepository).create(tenantId, clientId, data, manager),
        );
    },
  },
  'ClientsRepository.update': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      const change = { version: 1, registration: { clientName: 'Changed' } };
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(ClientsRepository).update(tenantId, clientId, change, manager),
        );
    },
  },
  'ClientsRepository.removePermissions': {
    prepare: async (world) => {
      const id = randomUUID();
      const { operator } = world.platform;
      const api = {
        identifier: `https://${id}.test`,
        display_name: 'An API',
        scopes: [{ name: id, description: 'x' }],
      };
      await operator.create('/tenants/acme/apis', api);
      const body = { grant_types: ['client_credentials'], scope: id };
      await operator.create('/tenants/acme/clients', body);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(ClientsRepository).removePermissions(tenantId, { identifier: api.identifier }, transaction),
        );
    },
  },
  'ClientsRepository.holdApis': {
    prepare: async (world) => {
      const given = [{ api: world.acme.api, scopes: ['orders:read'] }];
      return (tenantId) =>
        world.transaction(
          tenantId,
          async (transaction) =>
            (await world.repository(ClientsRepository).holdApis(tenantId, given, transaction)) === undefined,
        );
    },
  },
  'ClientsRepository.leaveIntrospection': {
    prepare: async (world) => {
      const clientId = randomUUID();
      const identifier = `https://${clientId}.test`;
      const body = { identifier, display_name: 'An API', introspection_client_ids: [clientId] };
      await world.platform.operator.create('/tenants/acme/apis', body);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(ClientsRepository).leaveIntrospection(tenantId, clientId, transaction),
        );
    },
  },
  'ClientsRepository.leaveAttributes': {
    prepare: async (world) => {
      const name = `a${randomUUID().replaceAll('-', '')}`;
      const claim = { name, scopes: ['profile'], client_ids: [name] };
      await world.platform.operator.create('/tenants/acme/user-attributes', { name, type: 'string', claim });
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(ClientsRepository).leaveAttributes(tenantId, name, transaction),
        );
    },
  },
  'ClientsRepository.delete': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(ClientsRepository).delete(tenantId, clientId, manager));
    },
  },
  'ClientsRepository.lock': {
    prepare: (world) =>
      whileHeld(
        world,
        (tenantId, timeout) => (held) =>
          world.entities(tenantId, async (manager) => {
            if (timeout) await manager.query(`SET LOCAL lock_timeout = '300ms'`);
            await world.repository(ClientsRepository).lock(tenantId, 'machine', manager);
            await held();
          }),
      ),
  },
  'ClientsRepository.createSecret': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world
            .repository(ClientsRepository)
            .createSecret(tenantId, clientId, { id: randomUUID(), digest: randomBytes(32), expiresAt: null }, manager),
        );
    },
  },
  'ClientsRepository.listSecrets': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(ClientsRepository).listSecrets(tenantId, clientId, manager),
        );
    },
  },
  'ClientsRepository.deleteSecret': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      const { id } = await world.newest<{ id: string }>('client_secrets');
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(ClientsRepository).deleteSecret(tenantId, clientId, id, manager),
        );
    },
  },
  'UsedAssertionsRepository.consume': {
    prepare: async (world) => {
      const clientId = await newClient(world);
      const assertion = { jtiDigest: randomBytes(32), expiresAt: new Date(Date.now() + 60_000) };
      await world.repository(UsedAssertionsRepository).consume(world.acmeId, clientId, assertion);
      return async (tenantId) =>
        !(await world.repository(UsedAssertionsRepository).consume(tenantId, clientId, assertion));
    },
  },
  'DataKeysRepository.change': {
    prepare: async (world) => {
      const keys = world.repository(DataKeysRepository);
      const seen = async (tenantId: TenantId) => {
        let found: Buffer | undefined;
        await keys.change(tenantId, async (wrapped) => void (found = wrapped));
        return found?.toString('hex');
      };
      const own = await seen(world.acmeId);
      return async (tenantId) => (await seen(tenantId)) === own;
    },
  },
  'SigningKeysRepository.findCurrent': {
    prepare: async (world) => {
      const keys = world.repository(SigningKeysRepository);
      const kid = (await keys.findCurrent(world.acmeId, 'ES256'))?.kid;
      return async (tenantId) => (await keys.findCurrent(tenantId, 'ES256'))?.kid === kid;
    },
  },
  'SigningKeysRepository.listAlgorithms': {
    prepare: async (world) => {
      await world.transaction(world.acmeId, (transaction) =>
        world.repository(SigningKeysRepository).createFirst(world.acmeId, 'EdDSA', generatedKey(), transaction),
      );
      return async (tenantId) =>
        (await world.repository(SigningKeysRepository).listAlgorithms(tenantId)).includes('EdDSA');
    },
  },
  'SigningKeysRepository.findKnownAt': {
    prepare: async (world) => {
      await world.transaction(world.acmeId, (transaction) =>
        world.repository(SigningKeysRepository).createFirst(world.acmeId, 'EdDSA', generatedKey(), transaction),
      );
      const key = { alg: 'EdDSA', before: 'ES256', lifetimeSeconds: 60 } as const;
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(SigningKeysRepository).findKnownAt(tenantId, key, transaction),
        );
    },
  },
  'SigningKeysRepository.listPublished': {
    prepare: async (world) => {
      const keys = world.repository(SigningKeysRepository);
      const kids = (await keys.listPublished(world.acmeId)).map(({ kid }) => kid);
      return async (tenantId) => (await keys.listPublished(tenantId)).filter(({ kid }) => kids.includes(kid));
    },
  },
  'SigningKeysRepository.claim': {
    // acme's claim is held, so acme alone hears that another process has begun.
    prepare: async (world) => {
      const keys = world.repository(SigningKeysRepository);
      await world.platform.database.query(`DELETE FROM signing_keys WHERE alg = 'EdDSA'`);
      await keys.claim(world.acmeId, 'EdDSA', 60);
      return async (tenantId) => (await keys.claim(tenantId, 'EdDSA', 60)) === 'theirs';
    },
  },
  'SigningKeysRepository.giveUpClaim': {
    prepare: async (world) => {
      const keys = world.repository(SigningKeysRepository);
      await world.platform.database.query(`DELETE FROM signing_keys WHERE alg = 'EdDSA'`);
      await world.platform.database.query('DELETE FROM signing_key_claims');
      await keys.claim(world.acmeId, 'EdDSA', 60);
      return async (tenantId) => {
        await keys.giveUpClaim(tenantId, 'EdDSA');
        return (await keys.claim(world.acmeId, 'EdDSA', 60)) === 'ours';
      };
    },
  },
  'SigningKeysRepository.lock': {
    prepare: (world) =>
      whileHeld(
        world,
        (tenantId, timeout) => (held) =>
          world.entities(tenantId, async (manager, transaction) => {
            if (timeout) await manager.query(`SET LOCAL lock_timeout = '300ms'`);
            await world.repository(SigningKeysRepository).lock(tenantId, transaction);
            await held();
          }),
      ),
  },
  'SigningKeysRepository.countPublished': {
    prepare: async (world) => {
      const keys = world.repository(SigningKeysRepository);
      await world.transaction(world.acmeId, (transaction) =>
        keys.createFirst(world.acmeId, 'EdDSA', generatedKey(), transaction),
      );
      return (tenantId) =>
        world.transaction(tenantId, (transaction) => keys.countPublished(tenantId, 'EdDSA', transaction));
    },
  },
  'SigningKeysRepository.createFirst': {
    prepare: async (world) => {
      await withoutEdDsa(world);
      const key = generatedKey();
      return (tenantId) =>
        world.transaction(tenantId, async (transaction) => {
          await world.repository(SigningKeysRepository).createFirst(tenantId, 'EdDSA', key, transaction);
        });
    },
  },
  'SigningKeysRepository.createNext': {
    prepare: async (world) => {
      await withoutEdDsa(world);
      const key = { ...generatedKey(), withFirst: false };
      return (tenantId) =>
        world.transaction(tenantId, async (transaction) => {
          await world.repository(SigningKeysRepository).createNext(tenantId, 'EdDSA', key, transaction);
        });
    },
  },
  'SigningKeysRepository.switchOver': {
    prepare: (world) => {
      const seconds = { publishedBefore: 0, publishedAfter: 60 };
      return (tenantId) =>
        world.transaction(tenantId, async (transaction) => {
          await world.repository(SigningKeysRepository).switchOver(tenantId, 'ES256', seconds, transaction);
        });
    },
  },
  'SigningKeysRepository.findAlgorithm': {
    prepare: async (world) => {
      const kid = (await world.repository(SigningKeysRepository).findCurrent(world.acmeId, 'ES256'))?.kid ?? '';
      return (tenantId) => world.repository(SigningKeysRepository).findAlgorithm(tenantId, kid);
    },
  },
  'SigningKeysRepository.revoke': {
    prepare: async (world) => {
      await withoutEdDsa(world);
      const { kid } = await waitingKey(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(SigningKeysRepository).revoke(tenantId, kid, transaction),
        );
    },
  },
  'SigningKeysRepository.fillGap': {
    prepare: async (world) => {
      await withoutEdDsa(world);
      await waitingKey(world);
      const revoked = { alg: 'EdDSA', signs_from: '-infinity', signs_until: null, signing: true } as const;
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(SigningKeysRepository).fillGap(tenantId, revoked, 60, transaction),
        );
    },
  },
  'IdempotencyRepository.find': {
    prepare: async (world) => {
      const { digest } = await storedAnswer(world);
      return (tenantId) => world.repository(IdempotencyRepository).find(tenantId, digest);
    },
  },
  'IdempotencyRepository.claim': {
    prepare: async (world) => {
      const { digest } = await storedAnswer(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(IdempotencyRepository).claim(tenantId, digest, { tenantId, transaction }),
        );
    },
    foundNothing: (result) => result === undefined,
  },
  'IdempotencyRepository.store': {
    prepare: async (world) => {
      const request = await storedAnswer(world);
      await world.platform.database.query(`UPDATE idempotency_keys SET expires_at = now() WHERE digest = $1`, [
        request.digest,
      ]);
      return async (tenantId) => {
        const before = await world.repository(IdempotencyRepository).find(tenantId, request.digest);
        await world.transaction(tenantId, (transaction) =>
          world.repository(IdempotencyRepository).store(tenantId, request, { tenantId, transaction }),
        );
        return before;
      };
    },
  },
  'ApisRepository.lock': {
    prepare: (world) =>
      whileHeld(
        world,
        (tenantId, timeout) => (held) =>
          world.entities(tenantId, async (manager) => {
            if (timeout) await manager.query(`SET LOCAL lock_timeout = '300ms'`);
            await world.repository(ApisRepository).lock(tenantId, manager);
            await held();
          }),
      ),
  },
  'ApisRepository.find': {
    prepare: async (world) => {
      const id = await newApi(world);
      return (tenantId) => world.repository(ApisRepository).find(tenantId, id);
    },
  },
  'ApisRepository.list': {
    prepare: async (world) => {
      const id = await newApi(world);
      return async (tenantId) =>
        (await world.repository(ApisRepository).list(tenantId, { limit: 200 })).filter((api) => api.id === id);
    },
  },
  'ApisRepository.page': {
    prepare: async (world) => {
      const id = await newApi(world);
      return async (tenantId) =>
        (await world.repository(ApisRepository).page(tenantId, { limit: 200 })).rows.filter((api) => api.id === id);
    },
  },
  'ApisRepository.identifiers': {
    prepare: async (world) => {
      const id = await newApi(world);
      const api = await world.repository(ApisRepository).find(world.acmeId, id);
      return async (tenantId) => {
        const known = await world.entities(tenantId, (manager) =>
          world.repository(ApisRepository).identifiers(tenantId, manager),
        );
        return known.filter((identifier) => identifier === api?.identifier);
      };
    },
  },
  'ApisRepository.count': {
    prepare: async (world) => {
      const count = (tenantId: World['acmeId']) =>
        world.entities(tenantId, (manager) => world.repository(ApisRepository).count(tenantId, manager));
      const before = new Map([
        [world.acmeId, await count(world.acmeId)],
        [world.globexId, await count(world.globexId)],
      ]);
      await newApi(world);
      return async (tenantId) => (await count(tenantId)) - (before.get(tenantId) ?? 0);
    },
  },
  'ApisRepository.create': {
    prepare: (world) => {
      const id = randomUUID();
      const data = {
        identifier: `https://${id}.test`,
        displayName: 'An API',
        scopes: [],
        accessTokenFormat: 'jwt',
        accessTokenTyp: 'at+jwt',
        accessTokenLifetimeSeconds: null,
        rolesInTokens: 'off',
        introspectionClientIds: [],
      } as const;
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world
            .repository(ApisRepository)
            .create(tenantId, id, { ...data, scopes: [], introspectionClientIds: [] }, manager),
        );
    },
  },
  'ApisRepository.update': {
    prepare: async (world) => {
      const id = await newApi(world);
      const change = { version: 1, data: { displayName: 'Changed' } };
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(ApisRepository).update(tenantId, id, change, manager));
    },
  },
  'ApisRepository.delete': {
    prepare: async (world) => {
      const id = await newApi(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(ApisRepository).delete(tenantId, id, manager));
    },
  },
};
