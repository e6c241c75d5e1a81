import { describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { startProduction } from '../support/production.js';

describe('LOG_LEVEL=warn', () => {
  it('leaves out the lines of requests', async () => {
    const platform = await startProduction(1, { LOG_LEVEL: 'warn' });
    expect((await send(`${platform.url}/health/live`)).status).toBe(200);
    await platform.stop();
    const [first] = platform.processes;
    expect(first?.log.filter(({ level }) => Number(level) < 40)).toEqual([]);
  });
});
