import { describe, expect, it } from '@jest/globals';
import { KeyStock } from '../../src/keys/key-stock.js';
import type { GeneratedKey } from '../../src/keys/signing-algorithm.js';

/** A stock whose keys are made when the test says so. */
function givenStock() {
  const waiting: ((key: GeneratedKey) => void)[] = [];
  let made = 0;
  const stock = new KeyStock(() => new Promise((resolve) => waiting.push(resolve)));
  /** Finishes keys for as long as any is being made. */
  const finish = async (atMost = Infinity) => {
    for (let done = 0; done < atMost; done += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = waiting.shift();
      if (!next) return;
      made += 1;
      next({ kid: `key-${made}`, publicJwk: { kty: 'RSA' }, privateKey: Buffer.from([made]) });
    }
  };
  return { stock, finish, underWay: () => waiting.length, made: () => made };
}

describe('the stock of RSA keys', () => {
  it('makes none before one is taken, and then a few more', async () => {
    const { stock, finish, made } = givenStock();
    await finish();
    expect(made()).toBe(0);
    const taken = stock.take();
    await finish();
    expect((await taken).kid).toBe('key-1');
    expect(made()).toBe(5);
    await finish();
    expect(made()).toBe(5);
  });

  it('hands every key out once, those in stock without a wait', async () => {
    const { stock, finish } = givenStock();
    const first = stock.take();
    await finish();
    const more = await Promise.all([stock.take(), stock.take(), stock.take(), stock.take()]);
    const last = stock.take();
    await finish();
    const kids = [await first, ...more, await last].map(({ kid }) => kid);
    expect(new Set(kids).size).toBe(6);
  });

  it('leaves threads to others, however many tenants are made at once', async () => {
    const { stock, finish, underWay } = givenStock();
    const taken = Promise.all(Array.from({ length: 20 }, () => stock.take()));
    await new Promise((resolve) => setImmediate(resolve));
    expect(underWay()).toBe(2);
    await finish();
    expect(new Set((await taken).map(({ kid }) => kid)).size).toBe(20);
  });

  it('goes on after a key that could not be made, and tells who waited for it', async () => {
    let fails = true;
    const stock = new KeyStock(() =>
      fails
        ? Promise.reject(new Error('no entropy'))
        : Promise.resolve({ kid: 'good', publicJwk: { kty: 'RSA' }, privateKey: Buffer.alloc(1) }),
    );
    await expect(stock.take()).rejects.toThrow('no entropy');
    fails = false;
    expect((await stock.take()).kid).toBe('good');
    await stock.onApplicationShutdown();
  });

  it('forgets what it has when the process ends, and makes no more', async () => {
    const { stock, finish, made } = givenStock();
    const taken = stock.take();
    await finish(2);
    await taken;
    const ended = stock.onApplicationShutdown();
    await finish();
    await ended;
    const before = made();
    await finish();
    expect(made()).toBe(before);
    expect(before).toBeLessThan(5);
  });
});
