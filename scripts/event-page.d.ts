export function eventPage(
  groups: readonly (readonly [string, Readonly<Record<string, object>>])[],
  common: Readonly<Record<'writes' | 'sums', Readonly<Record<string, string>>>>,
): Promise<string>;
