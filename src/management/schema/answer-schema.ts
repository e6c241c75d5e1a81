import type { Constructor } from './describe.decorator.js';
import { type Schema, present, refTo } from './schema.js';
import { schemaOf } from './schema-of.js';

export const TEXT: Schema = { type: 'string' };
export const UUID: Schema = { type: 'string', format: 'uuid' };
export const TIME: Schema = { type: 'string', format: 'date-time' };
export const URI: Schema = { type: 'string', format: 'uri' };
export const TEXTS: Schema = { type: 'array', items: TEXT };
export const TIMES = {
  created_at: { ...TIME, description: 'When it was made.' },
  updated_at: { ...TIME, description: 'When it was last changed.' },
};
export const EXAMPLE_ID = '01a20ccb-5908-7421-b495-92cb052cefe0';
export const EXAMPLE_TIME = '2026-01-31T12:00:00.000Z';

/** What one resource adds to the components of the OpenAPI document. */
export interface ResourceSchemas {
  /** Every body, with an example of it where it is not a part of another one. */
  readonly bodies: readonly (readonly [dto: Constructor, example?: unknown])[];
  readonly queries: readonly Constructor[];
  /** By name: what the endpoints of the resource answer. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** What was accepted and will not work. Only in answers to a write, and only when there is something to say. */
export const WARNINGS: Schema = {
  type: 'array',
  description: 'What was accepted and will not work as it is; only in the answer to a POST or PATCH.',
  items: {
    type: 'object',
    properties: {
      code: { type: 'string', description: 'For programs.', examples: ['unknown_scope'] },
      pointer: { type: 'string', description: 'JSON Pointer to the member it is about.' },
      detail: { type: 'string', description: 'What will not work, and what to change.' },
    },
    required: ['code', 'pointer', 'detail'],
  },
};

/** Every member is always there, unless it is named as optional. */
export function objectSchema(
  properties: Readonly<Record<string, Schema>>,
  { optional = [], ...keywords }: Schema & { readonly optional?: readonly string[] } = {},
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, ...keywords };
}

/** Members of a body as they are shown again: those that have a default always have a value. */
export function shown(dto: Constructor, names: readonly string[]): Record<string, Schema> {
  const { properties = {} } = schemaOf(dto);
  return Object.fromEntries(names.map((name) => [name, present(properties[name] ?? {})]));
}

export function allShown(dto: Constructor): Record<string, Schema> {
  return shown(dto, Object.keys(schemaOf(dto).properties ?? {}));
}

/** A page of items of this name. */
export function pageSchema(item: string): Schema {
  return objectSchema({
    data: { type: 'array', items: refTo(item), description: 'The items of this page.' },
    page: { ...refTo('PageInfo'), description: 'Where the list goes on.' },
  });
}
