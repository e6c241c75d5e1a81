import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, buildFilter } from '../../src/breaches/filter-builder.js';
import { FilterFile } from '../../src/breaches/filter-file.js';
import { readHeader } from '../../src/crypto/hash-filter.js';
import { tenantry } from '../support/command-line.js';

const KNOWN = 20_000;
const RATE = 0.01;
let folder: string;

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'breached-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha1 = (text: string) => createHash('sha1').update(text).digest();
const lineOf = (text: string, seen = 1) => `${sha1(text).toString('hex').toUpperCase()}:${seen}`;
const known = Array.from({ length: KNOWN }, (_, index) => `known password ${index}`);
const pathOf = (name: string) => join(folder, name);

function writeList(lines: readonly string[], end = '\r\n'): string {
  const path = pathOf(`list-${randomBytes(6).toString('hex')}`);
  writeFileSync(path, lines.join(end));
  return path;
}

async function built(lines: readonly string[], options: Partial<BuildOptions> = {}): Promise<string> {
  const path = pathOf(`filter-${randomBytes(6).toString('hex')}`);
  await buildFilter(writeList(lines), path, { falsePositiveRate: RATE, ...options });
  return path;
}

async function shareOf(file: string, passwords: readonly string[]): Promise<number> {
  const filter = new FilterFile(file);
  let found = 0;
  for (const password of passwords) if (await filter.has(sha1(password))) found += 1;
  await filter.close();
  return found / passwords.length;
}

describe('a filter of breached passwords', () => {
  const inOrder = known.map((password, index) => lineOf(password, index)).toSorted();

  it('finds every hash of the list, and of others about as many as it says', async () => {
    const file = await built(inOrder);
    expect(await shareOf(file, known)).toBe(1);
    const { falsePositiveRate, hashes } = readHeader(file);
    expect(hashes).toBe(KNOWN);
    // The list is a little shorter than its size allows for, so the rate is better than what was asked for.
    expect(falsePositiveRate).toBeGreaterThan(RATE / 10);
    expect(falsePositiveRate).toBeLessThan(RATE);
    const others = Array.from({ length: 5000 }, (_, index) => `unknown password ${index}`);
    expect(await shareOf(file, others)).toBeLessThan(3 * RATE);
  });

  it('is the same for a list in order and out of order, whether or not it fits into memory', async () => {
    const shuffled = inOrder.toSorted((one, other) => one.slice(7).localeCompare(other.slice(7)));
    const files = [
      await built(inOrder),
      await built(inOrder, { windowBlocks: 1 }),
      await built(shuffled),
      await built(shuffled, { windowBlocks: 2 }),
    ];
    const [first, ...others] = files.map((file) => readFileSync(file));
    for (const other of others) expect(other).toEqual(first);
  });

  it('takes hashes in small letters, without counts, with blank lines and without a line break at the end', async () => {
    const lines = [lineOf('one').toLowerCase(), '', lineOf('two').slice(0, 40), lineOf('three')];
    for (const end of ['\n', '\r\n']) {
      const path = pathOf(`plain-${end.length}`);
      await buildFilter(writeList(lines, end), path, { falsePositiveRate: RATE });
      expect(readHeader(path).hashes).toBe(3);
      expect(await shareOf(path, ['one', 'two', 'three'])).toBe(1);
    }
  });

  it.each([
    ['a list of passwords', ['hunter2', 'letmein'], 'Line 1 is not a SHA-1 hash'],
    ['NTLM hashes', [`${'A'.repeat(32)}:5`], 'Line 1 is not a SHA-1 hash'],
    ['SHA-256 hashes', [lineOf('x'), 'A'.repeat(64)], 'Line 2 is not a SHA-1 hash'],
    ['something without lines', ['x'.repeat(3_000_000)], 'Line 1 is longer than'],
    ['nothing', [], 'The list is empty'],
  ])('is not built of %s, and leaves no file', async (_, lines, message) => {
    const path = pathOf('never');
    await expect(buildFilter(writeList(lines), path, { falsePositiveRate: RATE })).rejects.toThrow(message);
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });

  it('says when it is something else, or was cut off', async () => {
    const [other, short] = [pathOf('other'), await built(inOrder)];
    writeFileSync(other, 'x'.repeat(10_000));
    truncateSync(short, 8192);
    await expect(new FilterFile(other).has(sha1('x'))).rejects.toThrow('not a filter');
    await expect(new FilterFile(short).has(sha1('x'))).rejects.toThrow('not complete');
    await expect(new FilterFile(pathOf('absent')).has(sha1('x'))).rejects.toThrow('ENOENT');
  });
});

describe('tenantry breached-passwords build', () => {
  it('builds it without a platform, and says how good it is and how to use it', async () => {
    const [list, file] = [writeList([lineOf('one'), lineOf('two')]), pathOf('by command')];
    const { code, output } = await tenantry(['breached-passwords', 'build', list, file], {});
    expect([code, output]).toEqual([0, expect.stringContaining(`BREACHED_PASSWORDS_FILE=${file}`)]);
    expect(output).toMatch(/has 2 hashes .*\nOf other passwords, [\d.e-]+ % are taken for known ones\./);
    expect(await shareOf(file, ['one', 'two'])).toBe(1);
  });

  it('is refused in a sentence', async () => {
    const run = async (...args: string[]) => {
      const { code, errors } = await tenantry(['breached-passwords', 'build', ...args], {});
      return `${code}: ${errors}`;
    };
    expect(await run(pathOf('absent'), pathOf('none'))).toMatch(/^1: No filter was built\. ENOENT/);
    expect(await run(writeList([lineOf('x')]), pathOf('none'), '--false-positives', '2')).toMatch(
      /^2: .*0\.000001 to 0\.1/s,
    );
  });
});
