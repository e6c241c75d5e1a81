import { setTimeout as delay } from 'node:timers/promises';
import { type Form, encodeForm } from '../support/http.js';
import type { TenantFixture } from '../support/tenant-fixture.js';
import type { Chain, Ledger } from './ledger.js';
import type { LoadClient, LoadRequest, Outcome } from './load-client.js';
import { OPERATIONS } from './operations.js';
import type { Tally } from './tally.js';

const PAUSE_MS = 10;
/** Clients do not hammer at what just refused them. */
const PAUSE_AFTER_FAILURE_MS = 100;

export interface LoadTarget {
  /** Public origin of the platform. */
  readonly origin: string;
  readonly tenant: TenantFixture;
  /** Of a user who is signed in and has consented. */
  readonly cookie: string;
  readonly bearer: Readonly<Record<string, string>>;
}

/** One client after another kind of request, for as long as the load lasts. */
export class LoadLoop {
  turn = 0;
  isStopping = false;
  chain: Chain | undefined;

  constructor(
    private readonly target: LoadTarget,
    private readonly client: LoadClient,
    readonly tally: Tally,
    readonly ledger: Ledger,
    readonly random: () => number,
  ) {}

  get origin(): string {
    return this.target.origin;
  }

  get tenant(): TenantFixture {
    return this.target.tenant;
  }

  get cookie(): string {
    return this.target.cookie;
  }

  get bearer(): LoadTarget['bearer'] {
    return this.target.bearer;
  }

  async run(): Promise<void> {
    while (!this.isStopping) {
      this.turn += 1;
      await choose(this.random()).run(this);
      await delay(PAUSE_MS);
    }
    this.client.close();
  }

  /** Sends and counts; waits a little after what failed. */
  async send(
    operation: string,
    request: LoadRequest,
    good: readonly number[] = [200],
    isWhole: (outcome: Outcome) => boolean = () => true,
  ): Promise<Outcome> {
    const outcome = await this.client.send(request);
    const verdict = this.tally.count(operation, outcome, good.includes(outcome.status) && isWhole(outcome));
    if (verdict !== 'good') await delay(PAUSE_AFTER_FAILURE_MS);
    return outcome;
  }

  post(
    operation: string,
    url: string,
    form: Form,
    headers: Readonly<Record<string, string>> = {},
    good?: readonly number[],
  ): Promise<Outcome> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.send(
      operation,
      { url, method: 'POST', headers: { ...type, ...headers }, body: encodeForm(form) },
      good,
    );
  }
}

function choose(random: number): (typeof OPERATIONS)[number] {
  const total = OPERATIONS.reduce((sum, { weight }) => sum + weight, 0);
  let left = random * total;
  const chosen = OPERATIONS.find(({ weight }) => (left -= weight) < 0) ?? OPERATIONS[0];
  if (!chosen) throw new Error('There are no operations.');
  return chosen;
}
