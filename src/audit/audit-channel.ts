import { channel } from 'node:diagnostics_channel';
import type { AuditEvent } from './audit-event.js';

/** Publishes every audit event as it is recorded. It costs nothing without a subscriber. */
const auditEvents = channel('tenantry:audit');

export function publishAuditEvent(event: AuditEvent): void {
  if (auditEvents.hasSubscribers) auditEvents.publish(event);
}

export function onAuditEvent(listener: (event: AuditEvent) => void): () => void {
  const heard = (event: unknown) => listener(event as AuditEvent);
  auditEvents.subscribe(heard);
  return () => void auditEvents.unsubscribe(heard);
}
