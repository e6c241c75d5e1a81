import { beforeAll, describe, expect, it } from '@jest/globals';
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
    expect(valuesOf(de, 'de')).toEqual(valuesOf(en, 'en'));
  });

  it('of each screen are complete in both languages, and take the same values', async () => {
    const ofScreens = SOURCES.filter(({ path, text }) => path.includes('screens') && text.includes('defineTexts({'));
    expect(ofScreens.length).toBeGreaterThan(20);
    for (const { path } of ofScreens) {
      const exported = (await import(join('..', '..', path))) as Readonly<Record<string, unknown>>;
      const texts = Object.values(exported).filter(isTexts);
      expect({ path, texts: texts.length }).toEqual({ path, texts: 1 });
      for (const one of texts) expect({ path, ...valuesOf(one.de, 'de') }).toEqual({ path, ...valuesOf(one.en, 'en') });
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
  beforeAll(() => void execFileSync(process.execPath, ['scripts/build-console.js'], { stdio: 'ignore' }));

  const firstScreens = ['tenant-list', 'operator-home', 'admin-home', 'user-list'];
  it.each(firstScreens)(
    `loads at most ${MAX_SCRIPT_BYTES} bytes of script for %s, and nothing from elsewhere`,
    (screen) => {
      const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
      expect(html).not.toMatch(/https?:|<style|<script(?![^>]*\bsrc=)/);
      const [entry = ''] = /assets\/index-[\w-]+\.js/.exec(html) ?? [];
      const list = readdirSync(join(BUILT, 'assets')).find(
        (file) => file.startsWith(`${screen}-`) && file.endsWith('.js'),
      );
      expect(list).toBeDefined();
      const files = withImports([entry, `assets/${list ?? ''}`]);
      const bytes = files.map((file) => gzipSync(readFileSync(join(BUILT, file))).length);
      expect(bytes.reduce((one, other) => one + other, 0)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
    },
  );
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

type Texts = Readonly<Record<string, string>>;

const isTexts = (value: unknown): value is { readonly en: Texts; readonly de: Texts } =>
  typeof value === 'object' && value !== null && 'en' in value && 'de' in value;

function valuesOf(texts: Texts, locale: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, argumentsOf(text, locale)]));
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
