import type { HexColor } from '../../src/tenants/contrast.js';

/** Colours that break naive schemes, then evenly spread ones; the same on every run. */
export const ADVERSARIAL_COLORS: readonly HexColor[] = [
  '#ffffff',
  '#fefefe',
  '#000000',
  '#010101',
  '#ffff00',
  '#00ff00',
  '#00ffff',
  '#ff00ff',
  '#0000ff',
  '#ff0000',
  '#757575',
  '#767676',
  '#777777',
  '#7f7f7f',
  '#808080',
  '#949494',
  '#959595',
  '#cccccc',
  '#f5f5f0',
  '#1a1a1a',
];

export function randomColors(count: number, seed = 1): HexColor[] {
  const colors: HexColor[] = [];
  let state = seed;
  for (let index = 0; index < count; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    colors.push(`#${(state >>> 8).toString(16).padStart(6, '0')}`);
  }
  return colors;
}
