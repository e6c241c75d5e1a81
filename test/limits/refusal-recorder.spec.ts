import { describe, expect, it } from '@jest/globals';
import type { AuditEvent } from '../../src/audit/audit-event.js';
import type { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { RefusalRecorder } from '../../src/limits/refusal-recorder.js';
import { ACME } from '../support/direct-database.js';

describe('refusals from every network of one site', () => {
  it('are few events, and are all counted', () => {
    const recorded: AuditEvent[] = [];
    const recorder = new RefusalRecorder({
      record: (event: AuditEvent) => recorded.push(event),
    } as unknown as AuditRecorder);
    for (let n = 0; n < 20_000; n += 1) {
      const origin = { requestId: String(n), address: `2001:db8:1:${n.toString(16)}::1` };
      recorder.record({ tenantId: ACME, type: 'token.refused', outcome: 'failure', origin });
    }
    recorder.recordSums();
    expect(recorded.length).toBeLessThan(1000);
    const counts = recorded.map(({ details }) => Number(details?.['count'] ?? 1));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20_000);
  });
});
