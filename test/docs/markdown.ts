import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = process.cwd();

/** A fenced block, or a comment `<!-- run ... -->`, whose shell commands the tests run and readers do not see. */
export interface Block {
  readonly line: number;
  readonly language: string;
  /** The rest of the info string: `run`, `run-refused`, `file=app.mjs`, `from=<file>#<part>`, or the name of a schema. */
  readonly purpose: string;
  readonly text: string;
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The text without its blocks. */
  readonly prose: string;
}

const BLOCK = /^(?:```(\w*) ?([^\n]*)\n(.*?)\n```|<!-- (run[a-z-]*)\n(.*?)\n-->)$/gms;

/** Every page of the documentation, in the order of their paths. */
export function readPages(): readonly Page[] {
  const folders = [ROOT, join(ROOT, 'docs'), join(ROOT, 'docs', 'connecting'), join(ROOT, 'src')];
  return folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name)),
    )
    .map((file) => parsePage(relative(ROOT, file), readFileSync(file, 'utf8')));
}

function parsePage(path: string, text: string): Page {
  const blocks = [...text.matchAll(BLOCK)].map(({ index, ...match }): Block => {
    const [, language, purpose = '', shown, hiddenPurpose, hidden] = Object.values(match) as (string | undefined)[];
    return {
      line: text.slice(0, index).split('\n').length,
      language: language ?? 'sh',
      purpose: hiddenPurpose ?? purpose,
      text: shown ?? hidden ?? '',
    };
  });
  return { path, text, blocks, prose: text.replace(BLOCK, '') };
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf({ prose }: Page): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
      const anchor = heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-');
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    }),
  );
}

/** The rows of the first table under this heading, without head, as the text of their cells. */
export function tableUnder({ path, text }: Page, heading: string): readonly (readonly string[])[] {
  const [, below] = `\n${text}`.split(`\n${heading}\n`);
  if (below === undefined) throw new Error(`${path} has no ${heading}.`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(below) ?? [];
  const [, , ...rows] = table.trim().split('\n');
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
