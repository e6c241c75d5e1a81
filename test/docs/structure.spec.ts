import { describe, expect, it } from '@jest/globals';
import { readPages } from './markdown.js';

const pages = readPages().map((page) => [page.path, page.prose.split('\n')] as const);

/** What a merge breaks without a conflict. */
describe('The structure of a page', () => {
  it.each(pages)('has tables whose rows have as many cells as their head: %s', (_, lines) => {
    const cells = (line: string) => line.split(/(?<!\\)\|/).length;
    const isRow = (line = '') => line.startsWith('|');
    const odd = lines.filter((line, index) => {
      if (!isRow(line)) return false;
      let head = index;
      while (isRow(lines[head - 1])) head -= 1;
      return (
        cells(line) !== cells(lines[head] ?? '') || (index === head && !/^\|[ :|-]+\|$/.test(lines[head + 1] ?? ''))
      );
    });
    expect(odd).toEqual([]);
  });

  it.each(pages)('has lists that count on: %s', (_, lines) => {
    const wrong: string[] = [];
    let last = 0;
    for (const line of lines) {
      const [, number] = /^(\d+)\. /.exec(line) ?? [];
      // A list begins anew below a heading, which may be a line in bold.
      if (/^#|^\w/.test(line) && number === undefined) last = 0;
      if (number === undefined) continue;
      if (Number(number) !== last + 1 && Number(number) !== 1) wrong.push(line);
      last = Number(number);
    }
    expect(wrong).toEqual([]);
  });

  it.each(pages)('has one item a line, and its headings outside of lists: %s', (_, lines) => {
    expect(lines.filter((line) => /^(\d+\.|-) .*[^\s`(]\d+\. \[/.test(line))).toEqual([]);
    expect(lines.filter((line) => /^\s+\*\*[^*]+\*\*$/.test(line) || /^\s+#{1,6} /.test(line))).toEqual([]);
  });

  it('names every page once in the list of all pages', () => {
    const [, lines = []] = pages.find(([path]) => path === 'docs/README.md') ?? [];
    const named = lines.flatMap((line) =>
      [...line.matchAll(/^\d+\. \[[^\]]+\]\(([^)]+)\)/g)].map(([, target]) => target),
    );
    const wanted = pages
      .map(([path]) => path)
      .filter((path) => /^docs\/[\w-]+\.md$/.test(path) && path !== 'docs/README.md')
      .map((path) => path.replace('docs/', ''));
    expect(named.filter((target) => !target?.startsWith('../')).toSorted()).toEqual(
      wanted.filter((path) => path !== 'clients.md').toSorted(),
    );
  });
});
