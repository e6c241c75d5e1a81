import type { Option } from './resource.js';

/** What lists that are searched have in common. @param orders what `--sort` takes */
export function searching(found: string, orders: string): readonly Option[] {
  return [
    { flags: '--search <text>', member: 'search', description: `the beginning of ${found}` },
    { flags: '--sort <order>', member: 'sort', description: `${orders}; with a hyphen before it backwards` },
  ];
}

export const AGE: readonly Option[] = [
  { flags: '--created-since <time>', member: 'created_since', description: 'made at this moment or later' },
  { flags: '--created-until <time>', member: 'created_until', description: 'made before this moment' },
];
