import { describe, expect, it } from '@jest/globals';
import { LOCALES, languageName } from '../../src/language/messages.js';
import { renderPage } from '../../src/pages/render-page.js';
import { fill } from './fill-view.js';
import { tagsOf } from './html-structure.js';
import { PSEUDO, outsideOfMarks } from './pseudo-locale.js';
import { ACME, samplePages } from './sample-pages.js';

const SPOKEN = ['alt', 'aria-label', 'aria-description', 'title', 'placeholder', 'label'];
/** Names of ours, and codes: they are the same in every language. */
const NAMES = new RegExp([...LOCALES.map(languageName), 'Tenantry'].join('|'), 'g');

/** Everything that people see or hear on a page, its own fixed texts and no names. */
function shownOn(html: string): string[] {
  const text = html
    .replace(/<(style|script)\b.*?<\/\1>/gs, '')
    .replace(/<code\b.*?<\/code>/gs, '')
    .replace(/<[^>]*>/g, '');
  const spoken = tagsOf(html).flatMap(({ attributes }) => SPOKEN.flatMap((name) => attributes[name] ?? []));
  return [text, ...spoken];
}

describe.each(Object.entries(samplePages(ACME)))('page %s', (_, view) => {
  it('has no text outside of the catalogue', () => {
    const html = renderPage(fill(view, '¤'), PSEUDO);
    const outside = shownOn(html).flatMap(
      (text) =>
        outsideOfMarks(text)
          .replace(NAMES, '')
          .match(/\p{L}+/gu) ?? [],
    );
    expect(outside).toEqual([]);
    expect(html).toContain('⟦');
  });
});
