import { getMetadataArgsStorage } from 'typeorm';

type EntityClass<Entity> = new () => Entity;

interface ColumnName {
  readonly property: string;
  readonly column: string;
}

/** The list of an entity's columns for a statement written by hand; without those that TypeORM would not select either. */
export function columnsOf<Entity>(entity: EntityClass<Entity>): string {
  return namesOf(entity)
    .map(({ column }) => column)
    .join(', ');
}

/** A reader of rows that were selected with `columnsOf`. */
export function entityReader<Entity extends object>(entity: EntityClass<Entity>): (row: object) => Entity {
  const names = namesOf(entity);
  return (row) => {
    const read = new entity();
    for (const { property, column } of names) {
      (read as Record<string, unknown>)[property] = (row as Record<string, unknown>)[column];
    }
    return read;
  };
}

function namesOf(entity: EntityClass<unknown>): ColumnName[] {
  return getMetadataArgsStorage()
    .filterColumns(lineageOf(entity))
    .filter(({ options }) => options.select !== false)
    .map(({ propertyName, options }) => ({ property: propertyName, column: options.name ?? propertyName }));
}

/** The class and those that it extends, whose columns are its columns too. */
function lineageOf(entity: EntityClass<unknown>): EntityClass<unknown>[] {
  const base = Object.getPrototypeOf(entity) as EntityClass<unknown> | null;
  return base === null ? [entity] : [entity, ...lineageOf(base)];
}
