interface Node {
  readonly name: string;
  readonly parents: readonly string[];
}

/** Each one before those that it refers to. A circle is left as it comes. */
export function childrenFirst<Table extends Node>(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const isReferred = ({ name }: Table) =>
      [...waiting].some((other) => other.name !== name && other.parents.includes(name));
    const free = [...waiting].filter((table) => !isReferred(table));
    const next = free.length > 0 ? free : [...waiting];
    for (const table of next) waiting.delete(table);
    ordered.push(...next);
  }
  return ordered;
}
