import { readFileSync } from 'node:fs';
import type { PlatformProcess } from './process.js';

/** Process ids of the workers, on Linux. */
export function childrenOf(platform: PlatformProcess | undefined): number[] {
  const pid = platform?.pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}
