import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as Prometheus from 'prom-client';
import { onAuditEvent } from '../audit/audit-channel.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { methodClass, requestClass } from './request-class.js';

const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Values of a label that come from somewhere else have this form, or are `other`. */
const LABEL = /^[a-z][a-z_:-]{0,63}$/;

/**
 * What Prometheus reads of one process. Labels are of fixed lists: no path, name or tenant that a stranger could make
 * up becomes one.
 */
export class Metrics {
  readonly registry: Prometheus.Registry;
  private readonly requests: Prometheus.Counter;
  private readonly durations: Prometheus.Histogram;
  private readonly stopListening: () => void;

  /** Loads `prom-client`, which a process without metrics does without. */
  static async create(): Promise<Metrics> {
    return new Metrics(await import('prom-client'));
  }

  private constructor(private readonly prometheus: typeof Prometheus) {
    const { Counter, Histogram, Registry, collectDefaultMetrics } = prometheus;
    this.registry = new Registry();
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Counter({
      name: 'tenantry_http_requests_total',
      help: 'Requests by kind, method and status; 499: the client went away',
      labelNames: ['route', 'method', 'status'],
      registers,
    });
    this.durations = new Histogram({
      name: 'tenantry_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['route'],
      buckets: DURATION_BUCKETS,
      registers,
    });
    this.stopListening = onAuditEvent(this.countEvents());
  }

  /** A value that is read when somebody asks. `total`: it only grows. */
  register(name: string, help: string, read: () => number, kind: 'value' | 'total' = 'value'): void {
    const { Counter, Gauge } = this.prometheus;
    const registers = [this.registry];
    if (kind === 'value') {
      new Gauge({
        name,
        help,
        registers,
        collect: function () {
          this.set(read());
        },
      });
    } else {
      new Counter({
        name,
        help,
        registers,
        collect: function () {
          this.reset();
          this.inc(read());
        },
      });
    }
  }

  /** Watches a request to its end. */
  observe(request: IncomingMessage, response: ServerResponse, path: string): void {
    const route = requestClass(path);
    const startedAt = performance.now();
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : 499;
      this.requests.inc({ route, method: methodClass(request.method), status });
      this.durations.observe({ route }, (performance.now() - startedAt) / 1000);
    });
  }

  close(): void {
    this.stopListening();
  }

  /** Counts every audit event, so that the code that issues or refuses does not have to know of metrics. */
  private countEvents(): (event: AuditEvent) => void {
    const { Counter } = this.prometheus;
    const registers = [this.registry];
    const counter = (name: string, help: string, ...labelNames: string[]) =>
      new Counter({ name, help, labelNames, registers });
    const events = counter('tenantry_audit_events_total', 'Recorded events by type and outcome', 'type', 'outcome');
    const issued = counter('tenantry_tokens_issued_total', 'Answers with tokens by grant', 'grant_type');
    const refused = counter('tenantry_tokens_refused_total', 'Refused token requests by error', 'error');
    const signIns = counter('tenantry_sign_ins_total', 'Sign-ins: success, or why not', 'outcome');
    return ({ type, outcome, details = {} }) => {
      events.inc({ type, outcome });
      if (type === 'token.issued') issued.inc({ grant_type: label(details['grant_type']) });
      if (type === 'token.refused') refused.inc({ error: label(details['error']) });
      if (type === 'user.signed_in') signIns.inc({ outcome: 'success' });
      if (type === 'user.sign_in_failed') signIns.inc({ outcome: label(details['reason']) });
    };
  }
}

function label(value: unknown): string {
  return typeof value === 'string' && LABEL.test(value) ? value : 'other';
}
