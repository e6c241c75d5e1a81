/** A line as a shell takes it apart: words between blanks, with quotes around what holds some. */
export function splitWords(line: string): string[] {
  const words = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  const found = words.map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(.)/g, '$1'),
    ),
  );
  // Lines may be copied from documentation.
  const start = found[0] === 'npx' && found[1] === 'tenantry' ? 2 : found[0] === 'tenantry' ? 1 : 0;
  return found.slice(start);
}
