import { fromOklch, withContrast, type HexColor } from '../../tenants/contrast.js';

/** The stand-in for a picture that an application or tenant does not have: an initial on a colour that never changes. */

interface AvatarColors {
  readonly background: HexColor;
  readonly ink: HexColor;
}

const HUES = [0.4, 1, 1.6, 2.4, 2.9, 3.5, 4.2, 4.8, 5.3, 5.9];

/** The stylesheet has a class `tone-<index>` for each. */
export const AVATAR_TONES: readonly { readonly light: AvatarColors; readonly dark: AvatarColors }[] = HUES.map((h) => ({
  light: readable(fromOklch({ l: 0.925, c: 0.042, h }), fromOklch({ l: 0.42, c: 0.1, h })),
  dark: readable(fromOklch({ l: 0.34, c: 0.055, h }), fromOklch({ l: 0.88, c: 0.07, h })),
}));

/** The same name has the same tone on every page, in every process and release (FNV-1a). */
export function avatarTone(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % AVATAR_TONES.length;
}

/** The first letter or digit of a name in upper case; a middle dot for a name that has none. */
export function initialOf(name: string, locale: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase(locale) ?? '·';
}

function readable(background: HexColor, ink: HexColor): AvatarColors {
  return { background, ink: withContrast(ink, [background], 4.5) };
}
