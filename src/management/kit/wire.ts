/** snake_case outside, camelCase inside; converted here and nowhere else. Only the names of the outermost members. */

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

export type FromWire<Shape> = { [Name in keyof Shape as Name extends string ? CamelCase<Name> : never]: Shape[Name] };

export function fromWire<Shape extends object>(shape: Shape): FromWire<Shape> {
  return renameMembers(shape, (name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
}

export function toWire(shape: object): Record<string, unknown> {
  return renameMembers(shape, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function renameMembers<Result>(shape: object, rename: (name: string) => string): Result {
  return Object.fromEntries(
    Object.entries(shape)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [rename(name), value as unknown]),
  ) as Result;
}

/**
 * JSON Merge Patch (RFC 7396): a member that is null goes back to what is inherited, a member that is absent stays,
 * an object is merged into what is there, and anything else takes its place.
 */
export function mergePatch<Shape extends object>(current: Shape, patch: object): Shape {
  const merged = { ...current } as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch) as [string, unknown][]) {
    if (value === null) delete merged[name];
    else if (isObject(value)) merged[name] = mergePatch(isObject(merged[name]) ? merged[name] : {}, value);
    else if (value !== undefined) merged[name] = value;
  }
  return merged as Shape;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
