import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, ROOT, readPages } from './markdown.js';

const pages = readPages();

describe('A snippet for another ecosystem is the one that its client program is run with', () => {
  const snippets = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ purpose }) => purpose.startsWith('from='))
      .map((block) => [`${path}:${block.line}`, block] as const),
  );
  (snippets.length > 0 ? it : it.skip).each([...snippets])('%s', (_, block) =>
    expect(block.text).toBe(markedPart(block)),
  );
});

/** Between `docs:start <part>` and `docs:end`, without the indentation that all its lines share. */
function markedPart({ purpose }: Block): string {
  const [, file = '', part = ''] = /^from=([^#]+)(?:#(\S+))?$/.exec(purpose) ?? [];
  if (!existsSync(join(ROOT, file))) throw new Error(`There is no ${file}.`);
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const start = lines.findIndex((line) => new RegExp(`docs:start ?${part}\\b`).test(line));
  const end = lines.findIndex((line, index) => index > start && line.includes('docs:end'));
  if (start < 0 || end < 0) throw new Error(`${file} has no part ${part}.`);
  const marked = lines.slice(start + 1, end);
  const indent = Math.min(...marked.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  while (marked.at(-1)?.trim() === '') marked.pop();
  return marked.map((line) => line.slice(indent)).join('\n');
}
