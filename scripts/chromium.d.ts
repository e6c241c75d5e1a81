import type { Browser } from 'playwright-core';

/** A Chromium that is already on the machine; undefined where there is none. */
export const CHROMIUM_PATH: string | undefined;

/** @param more options of the program */
export function launch(more?: readonly string[]): Promise<Browser>;
