import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface SourceFile {
  /** From the root of the project: `src/grants/token.service.ts`. */
  readonly path: string;
  readonly text: string;
  /** `grants`; empty for the files directly in `src`. */
  readonly folder: string;
  /** Other source files, by path. */
  readonly imports: readonly string[];
  /** Packages and built-in modules. */
  readonly packages: readonly string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^;'"]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import '([^']+)'/g;

/** Everything in `src` that is compiled. */
export function readSource(root = 'src'): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.spec.ts'))
    .map((name) => readFile(join(root, name)))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

export function folderOf(path: string): string {
  const [, folder = '', ...rest] = path.split('/');
  return rest.length === 0 ? '' : folder;
}

/** The rows of the table of modules in ARCHITECTURE.md, lowest first. */
export function readLayers(): string[][] {
  const text = readFileSync('src/ARCHITECTURE.md', 'utf8');
  const section = text.split('## Modules')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name));
}

function readFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const specifiers = [...text.matchAll(IMPORT)].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '');
  const own = specifiers.filter((specifier) => specifier.startsWith('.'));
  return {
    path,
    text,
    folder: folderOf(path),
    imports: own.map((specifier) => normalize(join(dirname(path), specifier))).filter((to) => to.startsWith('src/')),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.')),
  };
}
