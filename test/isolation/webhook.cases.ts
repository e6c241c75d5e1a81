import { randomBytes, randomUUID } from 'node:crypto';
import { WebhookDeliveriesRepository } from '../../src/webhooks/webhook-deliveries.repository.js';
import { WebhookDelivery } from '../../src/webhooks/webhook-delivery.js';
import { WebhookEndpointsRepository } from '../../src/webhooks/webhook-endpoints.repository.js';
import { WebhookQueueRepository } from '../../src/webhooks/webhook-queue.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

/** An endpoint of acme's that wants nothing that happens by itself. Deliveries are not made, so rows stay as they are. */
async function newEndpoint({ platform, acmeId }: World): Promise<string> {
  await platform.application.nest.get(WebhookDelivery).beforeApplicationShutdown();
  const id = randomUUID();
  await platform.database.query(
    `INSERT INTO webhook_endpoints (tenant_id, id, url, event_types, secret)
     VALUES ($1, $2, 'https://hooks.example', '{case.webhook}', $3)`,
    [acmeId, id, randomBytes(8)],
  );
  return id;
}

/** An event of acme's, and a delivery of it that a process is making. */
async function newDelivery(world: World) {
  const delivery = { endpointId: await newEndpoint(world), id: await newEvent(world), claim: randomUUID() };
  await world.platform.database.query(
    `INSERT INTO webhook_deliveries (tenant_id, endpoint_id, id, type, occurred_at, claim, due_at)
     SELECT tenant_id, $2, id, type, occurred_at, $4, now() + interval '1 hour'
       FROM audit_events WHERE tenant_id = $1 AND id = $3
     ON CONFLICT (tenant_id, endpoint_id, id) DO UPDATE SET claim = excluded.claim, due_at = excluded.due_at`,
    [world.acmeId, delivery.endpointId, delivery.id, delivery.claim],
  );
  return delivery;
}

async function newEvent({ platform, acmeId }: World): Promise<string> {
  const id = randomUUID();
  await platform.database.query(
    `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome)
     VALUES ($1, $2, now(), 'case.webhook', 'success')`,
    [acmeId, id],
  );
  return id;
}

const NEW = { url: 'https://hooks.example', description: null, eventTypes: ['case.webhook'], enabled: true };

export const webhookCases: RepositoryCases = {
  'WebhookEndpointsRepository.create': {
    prepare: (world) => (tenantId) => {
      const endpoint = { ...NEW, id: randomUUID(), secret: randomBytes(8) };
      return world.transaction(tenantId, (transaction) =>
        world.repository(WebhookEndpointsRepository).create(tenantId, endpoint, { atMost: 100, transaction }),
      );
    },
  },
  'WebhookEndpointsRepository.list': {
    prepare: async (world) => {
      const id = await newEndpoint(world);
      return async (tenantId) => {
        const page = { after: undefined, limit: 100 };
        return (await world.repository(WebhookEndpointsRepository).list(tenantId, page)).filter((one) => one.id === id);
      };
    },
  },
  'WebhookEndpointsRepository.find': {
    prepare: async (world) => {
      const id = await newEndpoint(world);
      return (tenantId) => world.repository(WebhookEndpointsRepository).find(tenantId, id);
    },
  },
  'WebhookEndpointsRepository.update': {
    prepare: async (world) => {
      const id = await newEndpoint(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(WebhookEndpointsRepository).update(tenantId, id, { ...NEW, version: 1 }, transaction),
        );
    },
  },
  'WebhookEndpointsRepository.delete': {
    prepare: async (world) => {
      const { endpointId } = await newDelivery(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(WebhookEndpointsRepository).delete(tenantId, endpointId, transaction),
        );
    },
  },
  'WebhookEndpointsRepository.rotate': {
    prepare: async (world) => {
      const id = await newEndpoint(world);
      const change = { version: 1, overlapHours: 1, secret: randomBytes(8) };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(WebhookEndpointsRepository).rotate(tenantId, id, change, transaction),
        );
    },
  },
  'WebhookDeliveriesRepository.list': {
    prepare: async (world) => {
      const { endpointId } = await newDelivery(world);
      return (tenantId) => world.repository(WebhookDeliveriesRepository).list(tenantId, endpointId, { limit: 10 });
    },
  },
  'WebhookDeliveriesRepository.find': {
    prepare: async (world) => {
      const { endpointId, id } = await newDelivery(world);
      return (tenantId) => world.repository(WebhookDeliveriesRepository).find(tenantId, endpointId, id);
    },
  },
  'WebhookDeliveriesRepository.createTest': {
    prepare: async (world) => {
      const endpointId = await newEndpoint(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(WebhookDeliveriesRepository).createTest(tenantId, endpointId, randomUUID(), transaction),
        );
    },
  },
  'WebhookDeliveriesRepository.replay': {
    prepare: async (world) => {
      const { endpointId, id } = await newDelivery(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(WebhookDeliveriesRepository).replay(tenantId, endpointId, id, transaction),
        );
    },
  },
  'WebhookDeliveriesRepository.replaySince': {
    prepare: async (world) => {
      const endpointId = await newEndpoint(world);
      // Its id tells the time of the event, as those of the platform do.
      await world.platform.database.query(
        `INSERT INTO audit_events (tenant_id, id, occurred_at, type, outcome)
         VALUES ($1, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || repeat('7', 20))::uuid,
                 date_trunc('milliseconds', now()), 'case.webhook', 'success')`,
        [world.acmeId],
      );
      await world.platform.database.query('DELETE FROM webhook_deliveries WHERE endpoint_id = $1', [endpointId]);
      const wanted = { since: new Date(Date.now() - 60_000), until: new Date(Date.now() + 60_000), all: true };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world
            .repository(WebhookDeliveriesRepository)
            .replaySince(tenantId, endpointId, { ...wanted, atMost: 10 }, transaction),
        );
    },
    foundNothing: (result) => (result as { queued: number }).queued === 0,
  },
  'WebhookQueueRepository.find': {
    prepare: async (world) => {
      const claimed = await newDelivery(world);
      return (tenantId) => world.repository(WebhookQueueRepository).find(tenantId, claimed);
    },
  },
  'WebhookQueueRepository.findEvent': {
    prepare: async (world) => {
      const claimed = await newDelivery(world);
      return (tenantId) => world.repository(WebhookQueueRepository).findEvent(tenantId, claimed);
    },
  },
  'WebhookQueueRepository.deliver': {
    prepare: async (world) => {
      const claimed = await newDelivery(world);
      return (tenantId) => world.repository(WebhookQueueRepository).deliver(tenantId, claimed, 204);
    },
  },
  'WebhookQueueRepository.fail': {
    prepare: async (world) => {
      const claimed = await newDelivery(world);
      const result = { status: 500, error: 'no', waitSeconds: 3600 };
      return (tenantId) => world.repository(WebhookQueueRepository).fail(tenantId, claimed, result);
    },
  },
  'WebhookQueueRepository.disable': {
    prepare: async (world) => {
      const endpointId = await newEndpoint(world);
      return (tenantId) => world.repository(WebhookQueueRepository).disable(tenantId, endpointId, 'gone', '[]');
    },
  },
};
