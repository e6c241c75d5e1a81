import { randomUUID } from 'node:crypto';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { toRow } from '../../src/audit/audit-row.js';
import {
  AuditChainRepository,
  type ChainHead,
  type Checkpoint,
  type LinkedEvent,
} from '../../src/audit-chain/audit-chain.repository.js';
import { AuditFeedRepository } from '../../src/audit-chain/audit-feed.repository.js';
import { AuditSealer, startAt, timeOf } from '../../src/audit-chain/audit-sealer.js';
import { linkHash } from '../../src/audit-chain/sealed-event.js';
import { NO_USAGE } from '../../src/usage/daily-usage.js';
import { DailyUsageRepository } from '../../src/usage/daily-usage.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

const HASH = 'A'.repeat(43);
/** Longer than any round takes. */
const LAST_ROUND_MS = 60_000;

/** An event of acme's without a place, a chain of a length that no other has, a link and a checkpoint of it. */
async function acmesChain(world: World) {
  // It would give the event its place. Its last round is over before the chain is changed.
  await world.repository(AuditSealer).finish(LAST_ROUND_MS);
  const { acmeId } = world;
  const chains = world.repository(AuditChainRepository);
  const row = toRow({ tenantId: acmeId, type: 'token.issued', outcome: 'success' });
  await world.repository(AuditEventsRepository).append([row]);
  await chains.begin(acmeId);
  const seq = 1_000_000 + Math.floor(Math.random() * 1_000_000_000);
  await world.platform.database.query('UPDATE audit_chains SET seq = $2 WHERE tenant_id = $1', [acmeId, seq]);
  const head = (await chains.findHead(acmeId)) as ChainHead;
  const next = (at: ChainHead) => {
    const link = { seq: at.seq + 1, id: randomUUID(), occurred_at: new Date().toISOString(), digest: HASH };
    return { ...link, hash: linkHash(at.hash, link), digests: null, salts: null };
  };
  const link = next(head);
  await chains.append(acmeId, head, [link], []);
  const checkpoint: Checkpoint = { seq: link.seq, kid: randomUUID(), jws: randomUUID() };
  const end = { ...head, seq: link.seq, hash: link.hash };
  return { chains, row, end, link, checkpoint, next: next(end) };
}

const hasNone = (id: string) => (result: unknown) => !JSON.stringify(result ?? null).includes(id);

/** Cases whose answer holds what is made up for them, and nothing else shows that acme was reached. */
let sought = '';
const lacksSought = (result: unknown) => hasNone(sought)(result);

export const auditChainCases: RepositoryCases = {
  'AuditChainRepository.findHead': {
    foundNothing: lacksSought,
    prepare: async (world) => {
      const { chains, end } = await acmesChain(world);
      sought = `"seq":${end.seq},`;
      return (tenantId) => chains.findHead(tenantId);
    },
  },
  'AuditChainRepository.listUnsealed': {
    foundNothing: lacksSought,
    prepare: async (world) => {
      const { chains, row } = await acmesChain(world);
      sought = row.id;
      return async (tenantId) => (await chains.listUnsealed(tenantId, startAt(timeOf(row.id)), 1000)).events;
    },
  },
  'AuditChainRepository.settle': {
    prepare: async (world) => {
      const { chains, acmeId } = { ...(await acmesChain(world)), acmeId: world.acmeId };
      const now = new Date();
      return async (tenantId) => {
        await chains.settle(tenantId, now, new Date(0));
        return (await chains.findHead(acmeId))?.settledAt.getTime() === now.getTime();
      };
    },
  },
  'AuditFeedRepository.read': {
    foundNothing: lacksSought,
    prepare: async (world) => {
      const { link } = await acmesChain(world);
      sought = link.hash;
      const window = { after: link.seq - 1, filter: {}, span: 10, limit: 10 };
      return (tenantId) => world.repository(AuditFeedRepository).read(tenantId, window);
    },
  },
  'AuditChainRepository.begin': {
    prepare: async (world) => {
      const { chains } = await acmesChain(world);
      await world.platform.database.query('DELETE FROM audit_chains WHERE tenant_id = $1', [world.acmeId]);
      return async (tenantId) => {
        await chains.begin(tenantId);
        return chains.findHead(world.acmeId);
      };
    },
  },
  'AuditChainRepository.append': {
    prepare: async (world) => {
      const { chains, end, next } = await acmesChain(world);
      return (tenantId) => chains.append(tenantId, end, [next], [{ day: '2026-01-31', ...NO_USAGE, signIns: 1 }]);
    },
  },
  'DailyUsageRepository.list': {
    prepare: async (world) => {
      const { chains, end, next } = await acmesChain(world);
      await chains.append(world.acmeId, end, [next], [{ day: '2025-01-31', ...NO_USAGE, signIns: 1 }]);
      return (tenantId) => world.repository(DailyUsageRepository).list(tenantId, '2025-01-31', '2025-01-31');
    },
  },
  'AuditChainRepository.listLinks': {
    foundNothing: lacksSought,
    prepare: async (world) => {
      const { chains, link } = await acmesChain(world);
      sought = link.id;
      return (tenantId): Promise<LinkedEvent[]> => chains.listLinks(tenantId, link.seq - 1, 10);
    },
  },
  'AuditChainRepository.listAll': {
    foundNothing: lacksSought,
    prepare: async (world) => {
      const { chains, row } = await acmesChain(world);
      sought = row.id;
      return (tenantId) => chains.listAll(tenantId, startAt(timeOf(row.id)).id, 1000);
    },
  },
  'AuditChainRepository.addCheckpoint': {
    prepare: async (world) => {
      const { chains, checkpoint } = await acmesChain(world);
      const { seq } = checkpoint;
      return async (tenantId) => {
        await chains.addCheckpoint(tenantId, checkpoint);
        return chains.listCheckpoints(world.acmeId, { from: seq, to: seq, limit: 10 });
      };
    },
  },
  'AuditChainRepository.findCheckpoint': {
    foundNothing: lacksSought,
    prepare: async (world) => {
      const { chains, checkpoint } = await acmesChain(world);
      const newest = { ...checkpoint, seq: 3_000_000_000 + checkpoint.seq };
      await chains.addCheckpoint(world.acmeId, newest);
      await world.platform.database.query('DELETE FROM audit_checkpoints WHERE tenant_id = $1 AND kid <> $2', [
        world.acmeId,
        checkpoint.kid,
      ]);
      sought = checkpoint.kid;
      return (tenantId) => chains.findCheckpoint(tenantId);
    },
  },
  'AuditChainRepository.listCheckpoints': {
    prepare: async (world) => {
      const { chains, checkpoint } = await acmesChain(world);
      const { seq } = checkpoint;
      await chains.addCheckpoint(world.acmeId, checkpoint);
      return (tenantId) => chains.listCheckpoints(tenantId, { from: seq, to: seq, limit: 10 });
    },
  },
};
