import 'reflect-metadata';
import type { Schema } from './schema.js';

const DESCRIPTION = 'management:description';
const NESTED = 'management:nested';
const REPLACED = 'management:replaced';

export type Constructor = new () => object;

/** What the validation of a member does not say: its meaning, and keywords of its schema. */
export function Describe(description: string, keywords: Schema = {}): PropertyDecorator {
  return Reflect.metadata(DESCRIPTION, { description, ...keywords });
}

/** Former members, and what says the same now: whoever still sends one is told. */
export function Replaced(members: Readonly<Record<string, string>>): ClassDecorator {
  return Reflect.metadata(REPLACED, members);
}

/** Keeps the class of a nested member, which its validation alone does not name. */
export function NestedType(type: () => Constructor): PropertyDecorator {
  return Reflect.metadata(NESTED, type);
}

export function descriptionOf(dto: Constructor, property: string): Schema {
  return (Reflect.getMetadata(DESCRIPTION, dto.prototype as object, property) as Schema | undefined) ?? {};
}

export function nestedTypeOf(dto: Constructor, property: string): Constructor | undefined {
  return (Reflect.getMetadata(NESTED, dto.prototype as object, property) as (() => Constructor) | undefined)?.();
}

/** What replaced a former member of this object's class. */
export function replacementOf(target: object | undefined, property: string): string | undefined {
  const members = target && (Reflect.getMetadata(REPLACED, target.constructor) as Record<string, string> | undefined);
  return members && Object.hasOwn(members, property) ? members[property] : undefined;
}
