import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOperations } from '../../src/cli/resources/bulk.js';
import { readCsv } from '../../src/cli/resources/csv.js';

let dir: string;
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'bulk-'))));
afterAll(() => rm(dir, { recursive: true }));

async function operationsIn(content: string) {
  const file = join(dir, 'given');
  await writeFile(file, content);
  return readOperations(file);
}

describe('readCsv (RFC 4180)', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFa,b\r\n"x, ""y""",\r\n',
      [
        ['a', 'b'],
        ['x, "y"', ''],
      ],
    ],
    ['a\n\n"line\nbreak"', [['a'], ['line\nbreak']]],
    ['a,', [['a', '']]],
    ['', []],
  ])('reads %j', (content, rows) => {
    expect(readCsv(content)).toEqual(rows);
  });

  it.each(['a,"b\n', 'a,b"c\n', '"a"b,c\n'])('refuses %j', (content) => {
    expect(() => readCsv(content)).toThrow('quotation mark');
  });
});

describe('the file of `users bulk`', () => {
  it('is NDJSON of operations, or CSV of users to make', async () => {
    expect(await operationsIn('{"op":"delete","id":"1"}\n\n{"op":"enable","id":"2"}\n')).toEqual([
      { line: 1, operation: { op: 'delete', id: '1' } },
      { line: 3, operation: { op: 'enable', id: '2' } },
    ]);
    expect(await operationsIn('username,email,enabled\nal,,false\n')).toEqual([
      { line: 2, operation: { op: 'create', data: { username: 'al', enabled: false } } },
    ]);
  });

  it.each([
    ['', 'nothing to do'],
    ['{"op":\n', 'Line 1 is no JSON object.'],
    ['{"op":"enable"}\n[]', 'Line 2 is no JSON object.'],
    ['name,mail\na,b', 'names its columns'],
    ['username,email\na', 'Row 1 has 1 fields, not 2.'],
  ])('is refused when it is %j', async (content, why) => {
    await expect(operationsIn(content)).rejects.toThrow(why);
  });
});
