import type { Schema } from '../../api/operation.js';
import { readCsv } from './csv.js';

export interface ImportRow {
  /** Of the file, as a spreadsheet counts. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a file of users would do. */
export interface ImportPlan {
  readonly columns: readonly string[];
  readonly rows: readonly ImportRow[];
  /** Lines with another number of fields than the first, which names the columns. */
  readonly uneven: readonly number[];
}

/** Columns that speak for themselves, whatever a spreadsheet calls them. */
const SYNONYMS: Readonly<Record<string, string>> = {
  user: 'username',
  'user name': 'username',
  benutzername: 'username',
  mail: 'email',
  'e-mail': 'email',
  'e-mail address': 'email',
  'full name': 'name',
  'first name': 'given_name',
  vorname: 'given_name',
  surname: 'family_name',
  'last name': 'family_name',
  nachname: 'family_name',
  phone: 'phone_number',
  telefon: 'phone_number',
};
const LIST_SEPARATOR = '|';

/**
 * The first line names members of a user: `username`, `email`, `address.locality`, `attributes.department`.
 * @param definitions types of the tenant's attributes, where they are known
 * @throws CsvError
 */
export function planImport(content: string, definitions: readonly Schema<'UserAttribute'>[]): ImportPlan {
  const [header = [], ...rows] = readCsv(content);
  const columns = header.map((name) => SYNONYMS[name.toLowerCase()] ?? name);
  const uneven: number[] = [];
  const planned: ImportRow[] = [];
  rows.forEach((fields, at) => {
    const line = at + 2;
    if (fields.length === columns.length) planned.push({ line, fields, data: dataOf(columns, fields, definitions) });
    else uneven.push(line);
  });
  return { columns, rows: planned, uneven };
}

function dataOf(
  columns: readonly string[],
  fields: readonly string[],
  definitions: readonly Schema<'UserAttribute'>[],
) {
  const data: Record<string, unknown> = {};
  columns.forEach((column, at) => {
    const field = fields[at] ?? '';
    if (field === '' || column === '') return;
    const [first = '', ...deeper] = column.split('.');
    if (deeper.length === 0) data[first] = valueOf(field, undefined);
    else {
      const inner = (data[first] ??= {}) as Record<string, unknown>;
      const name = deeper.join('.');
      const type = definitions.find((one) => first === 'attributes' && one.name === name)?.type;
      inner[name] = valueOf(field, type);
    }
  });
  // Who has no user name signs in with the address.
  return data['username'] === undefined && data['email'] !== undefined ? { ...data, username: data['email'] } : data;
}

function valueOf(field: string, type: Schema<'UserAttribute'>['type'] | undefined): unknown {
  if (type === 'string') return field;
  if (type === 'number') return Number.isFinite(Number(field)) ? Number(field) : field;
  if (type === 'string_list') return field.split(LIST_SEPARATOR).map((one) => one.trim());
  return field === 'true' ? true : field === 'false' ? false : field;
}
