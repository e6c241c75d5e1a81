/**
 * Bytes that V8 needs for a string, an object, a map and a buffer beside their contents. Strings are taken as one-byte
 * text.
 */
const STRING_BYTES = 24;
const OBJECT_BYTES = 32;
const SLOT_BYTES = 8;
const MAP_BYTES = 150;
const MAP_SLOT_BYTES = 40;
const BUFFER_BYTES = 200;

/**
 * About how many bytes of memory a value of plain data holds on to. Names of members are shared between objects of one
 * shape, and so is what is named in `shared`.
 */
export function estimateBytes(value: unknown, shared: Pick<ReadonlySet<unknown>, 'has'> = new Set()): number {
  if (typeof value === 'string') return STRING_BYTES + value.length;
  if (typeof value !== 'object' || value === null || shared.has(value)) return 0;
  if (ArrayBuffer.isView(value)) return BUFFER_BYTES + value.byteLength;
  if (value instanceof Map) {
    return (
      MAP_BYTES + sum([...value].map(([key, of]) => MAP_SLOT_BYTES + estimateBytes(key) + estimateBytes(of, shared)))
    );
  }
  return OBJECT_BYTES + sum(Object.values(value).map((member) => SLOT_BYTES + estimateBytes(member, shared)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
