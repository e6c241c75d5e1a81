/**
 * Colour arithmetic for readable pages: contrast per WCAG 2.2 (relative luminance of sRGB), lightness in OKLCH, where
 * equal steps look equal and a hue keeps its name while it gets lighter or darker. Everything is measured on the rounded
 * `#rrggbb` value that is sent, so what holds here holds on the screen.
 */

export type HexColor = `#${string}`;

/** Lightness 0..1, chroma 0..about 0.37, hue in radians. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

export const WHITE: HexColor = '#ffffff';
export const BLACK: HexColor = '#000000';

const HEX_COLOR = /^#[0-9a-f]{6}$/;
const SEARCH_STEPS = 9;

/** A six-digit hex colour in lower case, or undefined for anything else. */
export function parseHexColor(value: string | undefined): HexColor | undefined {
  const lower = value?.toLowerCase();
  return lower !== undefined && HEX_COLOR.test(lower) ? (lower as HexColor) : undefined;
}

/** Contrast ratio 1..21, WCAG 2.2 "contrast ratio". */
export function contrastRatio(a: HexColor, b: HexColor): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** The lowest contrast of a colour against several others. */
function lowestContrast(color: HexColor, others: readonly HexColor[]): number {
  return Math.min(...others.map((other) => contrastRatio(color, other)));
}

export function toOklch(color: HexColor): Oklch {
  const [r, g, b] = linearChannels(color);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

/** The nearest colour a screen can show: lightness and hue are kept, chroma is lowered until it fits sRGB. */
export function fromOklch({ l, c, h }: Oklch): HexColor {
  if (l >= 1) return WHITE;
  if (l <= 0) return BLACK;
  if (isInGamut(toLinear({ l, c, h }))) return encode(toLinear({ l, c, h }));
  let [low, high] = [0, c];
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (isInGamut(toLinear({ l, c: middle, h }))) low = middle;
    else high = middle;
  }
  return encode(toLinear({ l, c: low, h }));
}

/**
 * The colour nearest in lightness to `color` that keeps `ratio` against every background. Where none exists (backgrounds
 * too far apart) black or white, whichever is better; against one background 4.58:1 can always be had.
 */
export function withContrast(color: HexColor, backgrounds: readonly HexColor[], ratio: number): HexColor {
  if (lowestContrast(color, backgrounds) >= ratio) return color;
  const origin = toOklch(color);
  const found = [nearestHolding(origin, 1, backgrounds, ratio), nearestHolding(origin, 0, backgrounds, ratio)]
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => Math.abs(a.l - origin.l) - Math.abs(b.l - origin.l))[0];
  return found?.color ?? blackOrWhite(backgrounds);
}

/** Black or white, whichever is easier to read on all of the backgrounds. */
function blackOrWhite(backgrounds: readonly HexColor[]): HexColor {
  return lowestContrast(WHITE, backgrounds) >= lowestContrast(BLACK, backgrounds) ? WHITE : BLACK;
}

/** Bisects the lightness between the origin and one end; only values that were measured to hold are returned. */
function nearestHolding(origin: Oklch, end: 0 | 1, backgrounds: readonly HexColor[], ratio: number) {
  let holding = { l: end as number, color: end === 1 ? WHITE : BLACK };
  if (lowestContrast(holding.color, backgrounds) < ratio) return undefined;
  let failing = origin.l;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const l = (holding.l + failing) / 2;
    const color = fromOklch({ ...origin, l });
    if (lowestContrast(color, backgrounds) >= ratio) holding = { l, color };
    else failing = l;
  }
  return holding;
}

function luminance(color: HexColor): number {
  const [r, g, b] = linearChannels(color);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(color: HexColor): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function linearChannels(color: HexColor): [number, number, number] {
  const [r, g, b] = channels(color);
  return [linear(r / 255), linear(g / 255), linear(b / 255)];
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function toLinear({ l: lightness, c, h }: Oklch): [number, number, number] {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function isInGamut(rgb: readonly number[]): boolean {
  return rgb.every((channel) => channel >= -0.0001 && channel <= 1.0001);
}

function encode(rgb: readonly number[]): HexColor {
  return hex(
    rgb.map((channel) => 255 * (channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055)),
  );
}

function hex(rgb: readonly number[]): HexColor {
  return `#${rgb.map((channel) => clampByte(channel).toString(16).padStart(2, '0')).join('')}`;
}

function clampByte(channel: number): number {
  return Math.min(255, Math.max(0, Math.round(channel)));
}
