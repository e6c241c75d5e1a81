import { onMessageFromPrimary, tellPrimary, type FromWorker } from './worker-messages.js';
import type { WorkerSlot } from './worker-slot.js';

/** A worker that is busy or starts is left out of this reading. */
const ANSWER_LIMIT_MS = 1000;

interface Reading {
  readonly received: object[];
  readonly done: () => void;
}

/** One reading of all workers: their values added up, or averaged where a sum says nothing. */
export class WorkerMetrics {
  private readonly readings = new Map<number, Reading>();
  private lastId = 0;

  receive(message: FromWorker): void {
    if (message.type !== 'metrics') return;
    const reading = this.readings.get(message.id);
    reading?.received.push([...message.metrics]);
    reading?.done();
  }

  async render(slots: readonly WorkerSlot[]): Promise<string> {
    const { AggregatorRegistry, Gauge } = await import('prom-client');
    const metrics = await this.read(slots);
    const registry = AggregatorRegistry.aggregate(metrics);
    new Gauge({ name: 'tenantry_workers', help: 'Workers that answered', registers: [registry] }).set(metrics.length);
    return registry.metrics();
  }

  private read(slots: readonly WorkerSlot[]): Promise<object[]> {
    const id = (this.lastId += 1);
    const received: object[] = [];
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.readings.delete(id);
        resolve(received);
      };
      const timer = setTimeout(finish, ANSWER_LIMIT_MS);
      this.readings.set(id, { received, done: () => received.length === slots.length && finish() });
      for (const slot of slots) slot.tell({ type: 'metrics?', id });
    });
  }
}

/** The part of a worker. */
export function answerWithMetrics(read: () => Promise<readonly object[]>): void {
  onMessageFromPrimary((message) => {
    if (message.type !== 'metrics?') return;
    void read().then(
      (metrics) => tellPrimary({ type: 'metrics', id: message.id, metrics }),
      () => undefined,
    );
  });
}
