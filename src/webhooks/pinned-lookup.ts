import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Connects to addresses that were checked, and asks no resolver again: its next answer may be another one. */
export function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
