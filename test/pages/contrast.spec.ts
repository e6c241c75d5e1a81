import { describe, expect, it } from '@jest/globals';
import {
  BLACK,
  WHITE,
  contrastRatio,
  fromOklch,
  parseHexColor,
  toOklch,
  withContrast,
  type HexColor,
} from '../../src/tenants/contrast.js';
import { randomColors } from './random-colors.js';

describe('parseHexColor', () => {
  it('takes six hex digits in any case', () => {
    expect(parseHexColor('#A1b2C3')).toBe('#a1b2c3');
  });

  it.each([undefined, '', '#fff', 'red', '#12345g', '#1234567', '#123456;}', ' #123456', '#123456\n', 'url(x)'])(
    'refuses %j',
    (value) => {
      expect(parseHexColor(value)).toBeUndefined();
    },
  );
});

describe('WCAG 2.2 contrast ratio', () => {
  it.each<[HexColor, HexColor, number]>([
    [WHITE, BLACK, 21],
    [WHITE, WHITE, 1],
    ['#767676', WHITE, 4.54],
    ['#ff0000', WHITE, 4],
  ])('of %s and %s is %d', (a, b, ratio) => {
    expect(contrastRatio(a, b)).toBeCloseTo(ratio, 2);
    expect(contrastRatio(b, a)).toBe(contrastRatio(a, b));
  });
});

describe('OKLCH', () => {
  it('comes back to the same colour', () => {
    for (const color of randomColors(2000)) expect(fromOklch(toOklch(color))).toBe(color);
  });

  it('lowers chroma where the screen cannot show it, and keeps lightness and hue', () => {
    const shown = toOklch(fromOklch({ l: 0.5, c: 0.4, h: 2 }));
    expect(shown.l).toBeCloseTo(0.5, 1);
    expect(shown.h).toBeCloseTo(2, 1);
  });

  it('ends in black and white', () => {
    expect(fromOklch({ l: 1.2, c: 0.3, h: 1 })).toBe(WHITE);
    expect(fromOklch({ l: -0.1, c: 0.3, h: 1 })).toBe(BLACK);
  });
});

describe('withContrast', () => {
  it('leaves a colour alone that already holds', () => {
    expect(withContrast('#143a6b', [WHITE], 4.5)).toBe('#143a6b');
  });

  it('reaches 4.5:1 against any background', () => {
    const colors = randomColors(3000);
    for (const [index, color] of colors.entries()) {
      const background = colors[colors.length - 1 - index] ?? WHITE;
      expect(contrastRatio(withContrast(color, [background], 4.5), background)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('moves no further than needed', () => {
    const moved = withContrast('#f2b705', [WHITE], 4.5);
    expect(contrastRatio(moved, WHITE)).toBeLessThan(4.7);
    expect(Math.abs(toOklch(moved).h - toOklch('#f2b705').h)).toBeLessThan(0.1);
  });

  it('takes the better of black and white where no colour holds', () => {
    expect(withContrast('#808080', [WHITE, BLACK], 7)).toBe(WHITE);
    expect(withContrast('#808080', [WHITE, '#cccccc', BLACK], 4.5)).toMatch(/^#(000000|ffffff)$/);
  });
});
