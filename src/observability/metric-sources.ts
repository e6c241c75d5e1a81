import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import { TenantCaches } from '../database/tenant-caches.js';
import type { PlatformAdapter } from '../http/platform-adapter.js';
import { TenantCounts } from '../limits/tenant-counts.js';
import { TenantRates } from '../limits/tenant-rates.js';
import { MailAttempt } from '../mail/mail-attempt.js';
import { MailDelivery } from '../mail/mail-delivery.js';
import { Sweeper } from '../maintenance/sweeper.js';
import { PasswordHasher } from '../users/password-hasher.js';
import { WebhookAttempt } from '../webhooks/webhook-attempt.js';
import { WebhookDelivery } from '../webhooks/webhook-delivery.js';
import type { Metrics } from './metrics.js';

/** Everything that is read from the parts of a process when Prometheus asks: one line each. */
export function registerSources(metrics: Metrics, nest: NestExpressApplication): void {
  const database = nest.get(Database);
  metrics.register('tenantry_database_connections', 'Open connections', () => database.poolStatistics.total);
  metrics.register(
    'tenantry_database_connections_idle',
    'Connections without work',
    () => database.poolStatistics.idle,
  );
  metrics.register(
    'tenantry_database_waiting',
    'Work that waits for a connection',
    () => database.poolStatistics.waiting,
  );
  const feed = nest.get(ChangeFeed);
  metrics.register('tenantry_change_feed_connected', '1: changes made elsewhere arrive', () => Number(feed.connected));
  const caches = nest.get(TenantCaches);
  metrics.register('tenantry_cache_bytes', 'Memory of all caches of tenants', () => caches.statistics.bytes);
  metrics.register('tenantry_cache_entries', 'Entries of all caches of tenants', () => caches.statistics.entries);
  metrics.register('tenantry_cache_hits_total', 'Answered from a cache', () => caches.statistics.hits, 'total');
  metrics.register('tenantry_cache_misses_total', 'Read anew', () => caches.statistics.misses, 'total');
  metrics.register('tenantry_cache_evictions_total', 'Had to go', () => caches.statistics.evictions, 'total');
  const audit = nest.get(AuditRecorder);
  metrics.register('tenantry_audit_waiting', 'Events that are not written yet', () => audit.waiting);
  metrics.register('tenantry_audit_written_total', 'Events written from the buffer', () => audit.recorded, 'total');
  metrics.register('tenantry_audit_lost_total', 'Events that never will be written', () => audit.lost, 'total');
  const hasher = nest.get(PasswordHasher);
  metrics.register('tenantry_password_hashes_running', 'Passwords that are being hashed', () => hasher.runningCount);
  metrics.register('tenantry_password_hashes_waiting', 'Passwords that wait for it', () => hasher.waitingCount);
  const rates = nest.get(TenantRates);
  const atLimit = () => sumOf(rates.refused);
  metrics.register('tenantry_tenant_rate_refused_total', 'Requests of tenants at a limit', atLimit, 'total');
  metrics.register('tenantry_tenant_rates', 'Rates of limited tenants in memory', () => rates.size);
  const leaseFailures = () => rates.failures;
  metrics.register('tenantry_tenant_rate_leases_failed_total', 'Counted alone instead', leaseFailures, 'total');
  const counts = nest.get(TenantCounts);
  const full = () => sumOf(counts.refused);
  metrics.register('tenantry_tenant_quota_refused_total', 'What would have been one too many', full, 'total');
  const sweeper = nest.get(Sweeper);
  metrics.register('tenantry_swept_rows_total', 'Expired rows that were removed', () => sweeper.removed, 'total');
  metrics.register('tenantry_sweeper_backlog', '1: expired rows are left', () => Number(sweeper.hasBacklog));
  const delivery = nest.get(MailDelivery);
  metrics.register('tenantry_mail_waiting', 'Mails that wait, of all processes', () => delivery.queueState.waiting);
  const oldest = () => delivery.queueState.oldestSeconds;
  metrics.register('tenantry_mail_oldest_seconds', 'How long the oldest of them has waited', oldest);
  const attempt = nest.get(MailAttempt);
  metrics.register('tenantry_mail_sent_total', 'Mails that the SMTP server took', () => attempt.sent, 'total');
  metrics.register('tenantry_mail_failed_total', 'Mails that were given up', () => attempt.failed, 'total');
  metrics.register('tenantry_mail_postponed_total', 'Attempts that are made again', () => attempt.postponed, 'total');
  const webhooks = nest.get(WebhookDelivery);
  const waiting = () => webhooks.queueState.waiting;
  metrics.register('tenantry_webhooks_waiting', 'Deliveries that wait, of all processes', waiting);
  const overdue = () => webhooks.queueState.overdueSeconds;
  metrics.register('tenantry_webhooks_overdue_seconds', 'How long the next one has been due', overdue);
  const hook = nest.get(WebhookAttempt);
  metrics.register('tenantry_webhooks_delivered_total', 'Events that receivers took', () => hook.delivered, 'total');
  metrics.register('tenantry_webhooks_failed_total', 'Deliveries that were given up', () => hook.failed, 'total');
  const postponed = () => hook.postponed;
  metrics.register('tenantry_webhooks_postponed_total', 'Attempts that are made again', postponed, 'total');
  metrics.register('tenantry_webhooks_disabled_total', 'Gone, or failing for days', () => hook.disabled, 'total');
  const { connections } = nest.getHttpAdapter() as unknown as PlatformAdapter;
  metrics.register('tenantry_http_connections', 'Open connections of clients', () => connections.count);
  metrics.register('tenantry_http_waiting', 'Pipelined requests that wait', () => connections.waitingCount);
  const { closed } = connections;
  metrics.register('tenantry_http_connections_excess_total', 'Closed: too many', () => closed.excess, 'total');
  metrics.register('tenantry_http_connections_stalled_total', 'Closed: not read', () => closed.stalled, 'total');
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
