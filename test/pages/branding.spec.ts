import { describe, expect, it } from '@jest/globals';
import { AVATAR_TONES, avatarTone, initialOf } from '../../src/pages/look/avatar.js';
import {
  CONTRAST_PAIRS,
  PLATFORM_THEME,
  brandTheme,
  themeStyle,
  type PageBranding,
} from '../../src/pages/look/brand-theme.js';
import { ADVERSARIAL_COLORS, randomColors } from './random-colors.js';

/** WCAG 2.2 relative luminance, written a second time so that the code under test does not judge itself. */
function ratio(a: string, b: string): number {
  const luminance = (color: string) =>
    [1, 3, 5]
      .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
      .reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function failures(branding: PageBranding): string[] {
  const theme = brandTheme(branding);
  return (['light', 'dark'] as const).flatMap((scheme) =>
    CONTRAST_PAIRS.filter(([text, ground, least]) => ratio(theme[scheme][text], theme[scheme][ground]) < least).map(
      ([text, ground]) => `${scheme}: ${text} on ${ground} with ${JSON.stringify(branding)}`,
    ),
  );
}

describe('WCAG 2.2 §1.4.3 and §1.4.11 under tenant colours', () => {
  it('holds for every pair of adversarial colours', () => {
    for (const primaryColor of ADVERSARIAL_COLORS) {
      for (const backgroundColor of ADVERSARIAL_COLORS) {
        expect(failures({ primaryColor, backgroundColor, primaryColorDark: backgroundColor })).toEqual([]);
      }
    }
  });

  it('holds for thousands of random colours', () => {
    const primaries = randomColors(3000, 7);
    const backgrounds = randomColors(3000, 11);
    for (const [index, primaryColor] of primaries.entries()) {
      const backgroundColor = index % 3 === 0 ? undefined : backgrounds[index];
      expect(failures({ primaryColor, backgroundColor })).toEqual([]);
    }
  });

  it('shows the button under the pointer differently', () => {
    for (const primaryColor of [...ADVERSARIAL_COLORS, ...randomColors(500)]) {
      for (const scheme of Object.values(brandTheme({ primaryColor }))) {
        expect(scheme['primary-hover']).not.toBe(scheme.primary);
      }
    }
  });

  it('holds for the initials of applications', () => {
    for (const tone of AVATAR_TONES) {
      expect(ratio(tone.light.ink, tone.light.background)).toBeGreaterThanOrEqual(4.5);
      expect(ratio(tone.dark.ink, tone.dark.background)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('brandTheme', () => {
  it('keeps a colour that can be read as it is', () => {
    expect(brandTheme({ primaryColor: '#143A6B' }).light.primary).toBe('#143a6b');
    expect(brandTheme({ primaryColor: '#143a6b', primaryColorDark: '#a98bf0' }).dark.primary).toBe('#a98bf0');
    expect(brandTheme({ backgroundColor: '#fbf5ee' }).light.page).toBe('#fbf5ee');
  });

  it('keeps a light colour light and writes on it in dark', () => {
    const { light } = brandTheme({ primaryColor: '#ffd60a' });
    expect(light.primary).toBe('#ffd60a');
    expect(ratio(light['on-primary'], '#000000')).toBeLessThan(2);
  });

  it('stays dark in dark mode whatever the background, and takes over one that is dark', () => {
    expect(ratio(brandTheme({ backgroundColor: '#ffffff' }).dark.page, '#000000')).toBeLessThan(1.6);
    expect(brandTheme({ backgroundColor: '#0b1020' }).dark.page).toBe('#0b1020');
  });

  it.each(['red', '#fff', '#12345', 'url(https://canary.example)', '#143a6b;}</style><script>', 'expression(1)'])(
    'takes %s for no colour at all',
    (color) => {
      const hostile = { primaryColor: color, primaryColorDark: color, backgroundColor: color };
      expect(brandTheme(hostile)).toBe(PLATFORM_THEME);
    },
  );

  it('writes custom properties and nothing else', () => {
    const style = themeStyle(brandTheme({ primaryColor: '#ff00ff' }));
    expect(style).toMatch(
      /^:root\{(--[a-z-]+:#[0-9a-f]{6};?)+\}@media\(prefers-color-scheme:dark\)\{:root\{(--[a-z-]+:#[0-9a-f]{6};?)+\}\}$/,
    );
  });
});

describe('avatar', () => {
  it('gives a name the same tone every time', () => {
    expect(avatarTone('Order Desk')).toBe(avatarTone('Order Desk'));
    expect(new Set(Array.from({ length: 200 }, (_, index) => avatarTone(`app ${index}`))).size).toBe(
      AVATAR_TONES.length,
    );
  });

  it.each([
    ['order desk', 'O'],
    ['  «9 Lives»', '9'],
    ['ärzte', 'Ä'],
    ['🦊 fox', 'F'],
    ['!!!', '·'],
    ['', '·'],
  ])('shows %j as %s', (name, initial) => {
    expect(initialOf(name, 'en')).toBe(initial);
  });
});
