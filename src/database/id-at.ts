/** SQL of the smallest UUID of version 7 of a moment. Ids are ordered by time, and most indexes end with the id. */
export const idAt = (time: string) =>
  `(lpad(to_hex(greatest((extract(epoch FROM ${time}) * 1000)::bigint, 0)), 12, '0') || repeat('0', 20))::uuid`;
