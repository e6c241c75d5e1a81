/** The part of JSON Schema 2020-12 (which OpenAPI 3.1 uses) that describes this API. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
}

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

export function refTo(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The same, or `null`. */
export function orNull(schema: Schema): Schema {
  if (schema.$ref !== undefined) return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    ...(schema.type !== undefined && { type: [schema.type, 'null'].flat() as JsonType[] }),
    ...(schema.enum && { enum: [...schema.enum, null] }),
  };
}

/** The same without `null`. */
export function present(schema: Schema): Schema {
  const [first, ...others] = schema.anyOf ?? [];
  if (first && others.length === 1) {
    return schema.description === undefined ? first : { ...first, description: schema.description };
  }
  const { type, enum: values, ...rest } = schema;
  const types = [type ?? []].flat().filter((name) => name !== 'null');
  return {
    ...rest,
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...(values && { enum: values.filter((value) => value !== null) }),
  };
}
