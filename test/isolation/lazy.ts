/** Something that is made when it is first asked for. */
export type Lazy<Value> = () => Promise<Value>;

export function once<Value>(make: Lazy<Value>): Lazy<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
