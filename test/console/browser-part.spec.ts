import { describe, expect, it } from '@jest/globals';
import IntlMessageFormat from 'intl-messageformat';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { de } from '../../console/src/texts/de.js';
import { en } from '../../console/src/texts/en.js';

/** What must hold of `console/`, and is seen without a browser. */

const FOLDER = join('console', 'src');
const BUILT = join('dist', 'console');
const MAX_SCRIPT_BYTES = 250_000;
const SOURCES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.generated.ts'))
  .map((file) => ({ path: join(FOLDER, file), text: readFileSync(join(FOLDER, file), 'utf8') }));

describe('The texts of the console', () => {
  it('are complete in both languages, and take the same values', () => {
    const valuesOf = (texts: Readonly<Record<string, string>>, locale: string) =>
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, argumentsOf(text, locale)]));
    expect(valuesOf(de, 'de')).toEqual(valuesOf(en, 'en'));
  });

  it('of each screen are complete in both languages, and take the same values', () => {
    const ofScreens = SOURCES.filter(({ text }) => text.includes('= defineTexts({'));
    expect(ofScreens.length).toBeGreaterThan(0);
    for (const { path, text } of ofScreens) {
      const [english = {}, german = {}] = textsOf(text);
      expect({ path, texts: german }).toEqual({ path, texts: english });
    }
  });
});

describe('The sources of the console', () => {
  it('import packages and each other, and nothing of the platform', () => {
    const outside = SOURCES.flatMap(({ path, text }) =>
      [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
        .map(([, to = '']) => normalize(join(dirname(path), to)))
        .filter((to) => !to.startsWith(FOLDER))
        .map((to) => `${path} -> ${to}`),
    );
    expect(outside).toEqual([]);
  });

  it('make no markup of strings, run no text, and keep nothing but how the console looks', () => {
    const risky = /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|\beval\(|new Function|sessionStorage|indexedDB/;
    expect(SOURCES.filter(({ text }) => risky.test(text)).map(({ path }) => path)).toEqual([]);
    const keeping = SOURCES.filter(({ text }) => text.includes('localStorage')).map(({ path }) => path);
    expect(keeping).toEqual([join(FOLDER, 'shell', 'app.tsx')]);
  });

  it('go down: design and data know no screen, and the kit knows none either', () => {
    const up = SOURCES.filter(({ path }) => /src\/(?:api|design|kit)\//.test(path)).filter(({ text }) =>
      /from '\.\.\/screens\//.test(text),
    );
    expect(up.map(({ path }) => path)).toEqual([]);
  });
});

describe('The build of the console', () => {
  it(`loads at most ${MAX_SCRIPT_BYTES} bytes of script for the first screen, and nothing from elsewhere`, () => {
    execFileSync(process.execPath, ['scripts/build-console.js'], { stdio: 'ignore' });
    const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
    expect(html).not.toMatch(/https?:|<style|<script(?![^>]*\bsrc=)/);
    const [entry = ''] = /assets\/index-[\w-]+\.js/.exec(html) ?? [];
    const list = readdirSync(join(BUILT, 'assets')).find((file) => /^tenant-list-.*\.js$/.test(file)) ?? '';
    const files = withImports([entry, `assets/${list}`]);
    const bytes = files.map((file) => gzipSync(readFileSync(join(BUILT, file))).length);
    expect(bytes.reduce((one, other) => one + other, 0)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
  });
});

/** Names and kinds of what a text is filled in with. */
function argumentsOf(text: string, locale: string): string[] {
  const names = new Set<string>();
  const look = (parts: readonly object[]): void => {
    for (const part of parts as readonly {
      value: string;
      type: number;
      options?: Record<string, { value: object[] }>;
    }[]) {
      if (part.type > 0 && part.type < 7) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) look(option.value);
    }
  };
  look(new IntlMessageFormat(text, locale).getAst());
  return [...names].sort();
}

/** The two languages of a `defineTexts`, each text as what it is filled in with. */
function textsOf(source: string): Readonly<Record<string, string[]>>[] {
  const [, english = '', german = ''] = source.split(/^ {2}(?:en|de): \{$/m);
  return [english, german].map((block, at) => {
    const entries = [...block.matchAll(/^ {4}'?([\w.]+)'?:\s+(?:'([^']*)'|"([^"]*)"),$/gm)];
    expect(entries.length).toBeGreaterThan(0);
    return Object.fromEntries(
      entries.map(([, key = '', one, other]) => [key, argumentsOf(one ?? other ?? '', at === 0 ? 'en' : 'de')]),
    );
  });
}

/** What the browser loads for these files before it shows anything. */
function withImports(files: readonly string[], seen = new Set<string>()): string[] {
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(join(BUILT, file), 'utf8');
    const imported = [...text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map(
      ([, name = '']) => `assets/${name}`,
    );
    withImports(imported, seen);
  }
  return [...seen];
}
