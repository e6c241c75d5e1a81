import type { Browser } from 'playwright-core';

/** A Chromium that is already on the machine; undefined where there is none. */
export const CHROMIUM_PATH: string | undefined;

export function launch(): Promise<Browser>;
