/** Where a file cannot be read any further. */
export class CsvError extends Error {
  constructor(readonly character: number) {
    super(`Quotation mark out of place at character ${String(character)}.`);
  }
}

/**
 * Rows of fields, RFC 4180. A byte order mark at the beginning and empty lines are passed over. Spreadsheets of many
 * countries write semicolons or tabs: what stands most often in the first line separates.
 * @throws CsvError
 */
export function readCsv(content: string): readonly (readonly string[])[] {
  const text = content.replace(/^\uFEFF/, '');
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const separator =
    [',', ';', '\t'].toSorted((one, other) => count(firstLine, other) - count(firstLine, one))[0] ?? ',';
  const field = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, 'y');
  const rows: string[][] = [];
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new CsvError(at + 1);
    const [, value = '', end] = match;
    row.push((value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value).trim());
    const isMore = end === separator;
    if (isMore && field.lastIndex < text.length) continue;
    if (isMore) row.push('');
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  }
  return rows;
}

export function writeCsv(rows: readonly (readonly string[])[]): string {
  const fieldOf = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => row.map(fieldOf).join(',')).join('\n');
}

function count(text: string, one: string): number {
  return text.split(one).length;
}
