import { afterEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf } from '../support/children.js';
import { send } from '../support/http.js';
import type { PlatformProcess } from '../support/process.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';

const onLinux = process.platform === 'linux' ? describe : describe.skip;
const NODE_OPTIONS = `--import ${join(process.cwd(), 'test', 'support', 'fault-on-signal.js')}`;

let platform: ProductionPlatform;

afterEach(() => platform.stop());

async function start(FAULT: string, WORKERS: string): Promise<PlatformProcess> {
  platform = await startProduction(1, { FAULT, WORKERS, NODE_OPTIONS });
  const [first] = platform.processes;
  if (!first) throw new Error('Nothing runs.');
  return first;
}

const status = async () => (await send(`${platform.url}/health/ready`)).status;

onLinux('An error that nothing caught', () => {
  it('in a process alone, an exception, is logged and ends it with code 1', async () => {
    const alone = await start('exception', '1');
    process.kill(alone.pid, 'SIGUSR2');
    expect(await alone.ended).toEqual({ code: 1, signal: null });
    expect(alone.errors).toContain('"msg":"uncaught exception"');
    expect(alone.errors).toContain('thrown on purpose');
  });

  it.each([
    ['rejection', 'rejected on purpose'],
    ['connection', 'read ECONNRESET, on purpose'],
  ])('in a process alone, a %s, is logged and ends nothing', async (fault, message) => {
    const alone = await start(fault, '1');
    process.kill(alone.pid, 'SIGUSR2');
    await alone.find(new RegExp(message));
    expect(await status()).toBe(200);
  });

  it.each(['exception', 'rejection'])('in a worker, a %s, ends it alone, and it is replaced', async (fault) => {
    const first = await start(fault, '2');
    const [victim = 0, sibling = 0] = childrenOf(first);
    process.kill(victim, 'SIGUSR2');
    await first.find(/A worker ended \(code 1\); starting another/);
    expect(await status()).toBe(200);
    while (childrenOf(first).length < 2) await delay(50);
    expect(childrenOf(first)).toContain(sibling);
  });

  it('in the first process of several is logged and ends nobody', async () => {
    const first = await start('exception', '2');
    const workers = childrenOf(first);
    process.kill(first.pid, 'SIGUSR2');
    await first.find(/thrown on purpose/);
    expect(await status()).toBe(200);
    expect(childrenOf(first)).toEqual(workers);
  });
});
