import type { Member } from './management-api.js';
import { visible } from './terminal.js';

const GAP = '  ';

/** Rows under their titles, as wide as what is in them. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [titles, ...rows.map((row) => row.map((cell) => visible(cell).replace(/\s+/g, ' ')))];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join(GAP);
  return all.map((row) => line(row).trimEnd()).join('\n');
}

/** A column of a list: the title, and the member or what is made of the item. */
export type Column = readonly [title: string, value: string | ((item: Member) => unknown)];

/** A list, an item a row. */
export function tableOf(columns: readonly Column[], items: readonly Member[]): string {
  return table(
    columns.map(([title]) => title),
    items.map((item) => columns.map(([, value]) => cell(typeof value === 'string' ? item[value] : value(item)))),
  );
}

/** Names and values, one pair a line; a list or a long object takes a line for each of its parts. */
export function pairs(values: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  const indent = ' '.repeat(width + GAP.length + 2);
  return entries
    .map(([name, value]) => `  ${name.padEnd(width)}${GAP}${linesOf(value).join(`\n${indent}`)}`)
    .join('\n');
}

/** A value in one line. */
export function cell(value: unknown): string {
  return linesOf(value).join(', ');
}

function linesOf(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return ['-'];
  if (typeof value === 'string') return [value.startsWith('data:') ? inline(value) : visible(value)];
  if (Array.isArray(value)) return value.length === 0 ? ['-'] : value.map(inline);
  if (typeof value !== 'object') return [JSON.stringify(value)];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['-'] : entries.map(([name, member]) => `${name}: ${inline(member)}`);
}

/** A data: URI says nothing to a reader. */
function inline(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return visible(text.length > 200 ? `${text.slice(0, 60)}… (${text.length} characters)` : text);
}

function widthOf(text: string): number {
  return [...text].length;
}
