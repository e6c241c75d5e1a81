import { v7 as uuidv7 } from 'uuid';
import { fewRandomBytes } from '../crypto/random.js';

/**
 * Ids of events: UUIDs of version 7, which tell their time to the millisecond. Within a millisecond they count upwards
 * from a random number (RFC 9562 §6.2, method 1), so that events of one process are in the order in which they happened.
 */
export class EventIds {
  private milliseconds = -Infinity;
  private sequence = 0;
  private time = '';

  /** The id, and the time that it tells, as RFC 3339. */
  next(): { readonly id: string; readonly time: string } {
    const random = fewRandomBytes(16);
    const now = Date.now();
    if (now > this.milliseconds) this.startAt(now, random.readUInt32BE(6) & 0x7fffffff);
    else {
      this.sequence = (this.sequence + 1) | 0;
      if (this.sequence === 0) this.startAt(this.milliseconds + 1, 0);
    }
    return { id: uuidv7({ random, msecs: this.milliseconds, seq: this.sequence }), time: this.time };
  }

  private startAt(milliseconds: number, sequence: number): void {
    this.milliseconds = milliseconds;
    this.sequence = sequence;
    this.time = new Date(milliseconds).toISOString();
  }
}
