import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../support/random.js';
import { Ledger } from './ledger.js';
import { AddressBook, LoadClient } from './load-client.js';
import { LoadLoop, type LoadTarget } from './load-loop.js';
import { OPERATIONS } from './operations.js';
import { Tally } from './tally.js';

const POLL_MS = 50;
const QUIET_MS = 1500;
/** Given up after this: the service does not come back. */
const SETTLE_LIMIT_MS = 90_000;

/** Clients of every kind that go on whatever happens, and remember what they were told. */
export class Load {
  readonly tally = new Tally();
  readonly ledger = new Ledger();
  private readonly loops: LoadLoop[];
  private running: Promise<unknown> = Promise.resolve();

  constructor(target: LoadTarget, clients: number, seed: number) {
    const addresses = new AddressBook();
    this.loops = Array.from({ length: clients }, (_, index) => {
      const random = seededRandom(seed + index);
      return new LoadLoop(target, new LoadClient(addresses), this.tally, this.ledger, random);
    });
  }

  start(): void {
    this.running = Promise.all(this.loops.map((loop) => loop.run()));
  }

  /** Until so many more requests succeeded. */
  async flow(requests: number): Promise<void> {
    const goal = this.tally.good + requests;
    await this.until(() => this.tally.good >= goal, 'The load does not get through');
  }

  /** Until every kind of request succeeds and none has failed for a while. */
  async settle(): Promise<void> {
    const names = OPERATIONS.map(({ name }) => name);
    await this.until(() => this.tally.isSettled(names, QUIET_MS), 'The service does not come back');
  }

  async stop(): Promise<void> {
    for (const loop of this.loops) loop.isStopping = true;
    await this.running;
  }

  private async until(holds: () => boolean, otherwise: string): Promise<void> {
    const deadline = Date.now() + SETTLE_LIMIT_MS;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`${otherwise} within ${SETTLE_LIMIT_MS / 1000} s.`);
      await delay(POLL_MS);
    }
  }
}
