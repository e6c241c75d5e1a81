import {
  BLACK,
  WHITE,
  contrastRatio,
  fromOklch,
  parseHexColor,
  toOklch,
  withContrast,
  type HexColor,
} from '../../tenants/contrast.js';
import type { Locale } from '../../language/messages.js';

/**
 * How a tenant's pages look. Data only: a tenant chooses colours, texts and links, never markup or style rules, so that
 * no branding can hide the form or reach the network. Everything is optional and falls back to the platform's look.
 */
export interface PageBranding {
  readonly logo?: {
    /** Spoken and shown instead of the picture; without it the tenant's name. */
    readonly alt?: string;
    /** The picture is readable on a dark surface too. Otherwise it is laid on a light plate in dark mode. */
    readonly worksOnDark?: boolean;
    /** The picture is a mark without lettering: the tenant's name is set beside it. */
    readonly withName?: boolean;
  };
  /** `#rrggbb`; anything else counts as not given. */
  readonly primaryColor?: string;
  readonly primaryColorDark?: string;
  /** The page around the card; in dark mode only its hue is kept unless it is dark itself. */
  readonly backgroundColor?: string;
  readonly texts?: Partial<Record<Locale, BrandTexts>>;
  /** Absolute http(s) addresses; support may also be `mailto:`. Anything else is not linked. */
  readonly links?: {
    readonly privacyUri?: string;
    readonly termsUri?: string;
    readonly supportUri?: string;
    readonly passwordResetUri?: string;
  };
  readonly defaultLocale?: Locale;
}

/** Plain text, shown as it is. */
export interface BrandTexts {
  readonly signInTitle?: string;
  readonly signInText?: string;
  readonly footerText?: string;
}

const COLOR_NAMES = [
  'page',
  'page-ink',
  'page-soft',
  'page-link',
  'page-focus',
  'surface',
  'tint',
  'line',
  'ink',
  'soft',
  'link',
  'control',
  'focus',
  'primary',
  'primary-hover',
  'primary-edge',
  'on-primary',
  'danger',
  'danger-tint',
  'warn',
  'good',
] as const;

export type ColorName = (typeof COLOR_NAMES)[number];
export type ColorScheme = Readonly<Record<ColorName, HexColor>>;
export interface BrandTheme {
  readonly light: ColorScheme;
  readonly dark: ColorScheme;
}

const TEXT = 4.5;
const CONTROL = 3;

/** What the stylesheet puts on what, with the ratio that WCAG 2.2 (1.4.3, 1.4.11) asks for. */
export const CONTRAST_PAIRS: readonly (readonly [foreground: ColorName, background: ColorName, ratio: number])[] = [
  ['page-ink', 'page', TEXT],
  ['page-soft', 'page', TEXT],
  ['page-link', 'page', TEXT],
  ['page-focus', 'page', CONTROL],
  ['ink', 'surface', TEXT],
  ['ink', 'tint', TEXT],
  ['ink', 'danger-tint', TEXT],
  ['soft', 'surface', TEXT],
  ['soft', 'tint', TEXT],
  ['link', 'surface', TEXT],
  ['link', 'tint', TEXT],
  ['link', 'danger-tint', TEXT],
  ['danger', 'surface', TEXT],
  ['danger', 'danger-tint', TEXT],
  ['warn', 'surface', TEXT],
  ['warn', 'tint', TEXT],
  ['good', 'surface', TEXT],
  ['good', 'tint', TEXT],
  ['on-primary', 'primary', TEXT],
  ['on-primary', 'primary-hover', TEXT],
  ['primary-edge', 'surface', CONTROL],
  ['control', 'surface', CONTROL],
  ['control', 'tint', CONTROL],
  ['focus', 'surface', CONTROL],
  ['focus', 'tint', CONTROL],
  ['focus', 'danger-tint', CONTROL],
];

const PLATFORM_PRIMARY: HexColor = '#2f4a6d';
const LIGHTEST_FILL_FOR_WHITE_TEXT = 0.7;
const HOVER_STEP = 0.055;
const HUE = { danger: 0.44, warn: 1.2, good: 2.75 };

/** The look of a tenant that chose no colour, and of the platform's own pages. Part of the stylesheet. */
export const PLATFORM_THEME: BrandTheme = {
  light: lightScheme(PLATFORM_PRIMARY, undefined),
  dark: darkScheme(PLATFORM_PRIMARY, undefined),
};

/**
 * Every colour of the pages, from whatever the tenant chose; each of CONTRAST_PAIRS holds for any input. About half a
 * millisecond of work: keep the result with the tenant (`TenantLook.theme`).
 */
export function brandTheme(branding: PageBranding): BrandTheme {
  const primary = parseHexColor(branding.primaryColor);
  const primaryDark = parseHexColor(branding.primaryColorDark);
  const background = parseHexColor(branding.backgroundColor);
  if (primary === undefined && primaryDark === undefined && background === undefined) return PLATFORM_THEME;
  const light = primary ?? PLATFORM_PRIMARY;
  return { light: lightScheme(light, background), dark: darkScheme(primaryDark ?? light, background) };
}

/** The theme as custom properties. */
export function themeStyle({ light, dark }: BrandTheme): string {
  return `:root{${declarations(light)}}@media(prefers-color-scheme:dark){:root{${declarations(dark)}}}`;
}

function lightScheme(primary: HexColor, background: HexColor | undefined): ColorScheme {
  const { h, c } = toOklch(primary);
  const grey = Math.min(c, 0.02);
  const surface = WHITE;
  const page = background ?? fromOklch({ l: 0.973, c: grey * 0.35, h });
  return completeScheme(primary, {
    page,
    surface,
    tint: fromOklch({ l: 0.972, c: Math.min(c, 0.012), h }),
    'danger-tint': fromOklch({ l: 0.968, c: 0.016, h: HUE.danger }),
    line: fromOklch({ l: 0.91, c: grey * 0.5, h }),
    ink: fromOklch({ l: 0.23, c: grey, h }),
    soft: fromOklch({ l: 0.47, c: grey, h }),
    control: fromOklch({ l: 0.62, c: grey, h }),
    danger: fromOklch({ l: 0.5, c: 0.18, h: HUE.danger }),
    warn: fromOklch({ l: 0.5, c: 0.11, h: HUE.warn }),
    good: fromOklch({ l: 0.48, c: 0.11, h: HUE.good }),
  });
}

function darkScheme(primary: HexColor, background: HexColor | undefined): ColorScheme {
  const { h, c } = toOklch(background ?? primary);
  const grey = Math.min(c, 0.011);
  const isDark = background !== undefined && toOklch(background).l <= 0.3;
  return completeScheme(primary, {
    page: isDark ? background : fromOklch({ l: 0.165, c: grey, h }),
    surface: fromOklch({ l: 0.215, c: grey, h }),
    tint: fromOklch({ l: 0.255, c: grey * 1.25, h }),
    'danger-tint': fromOklch({ l: 0.265, c: 0.045, h: HUE.danger }),
    line: fromOklch({ l: 0.31, c: grey, h }),
    ink: fromOklch({ l: 0.95, c: grey * 0.4, h }),
    soft: fromOklch({ l: 0.75, c: grey, h }),
    control: fromOklch({ l: 0.56, c: grey, h }),
    danger: fromOklch({ l: 0.76, c: 0.13, h: HUE.danger }),
    warn: fromOklch({ l: 0.8, c: 0.11, h: HUE.warn }),
    good: fromOklch({ l: 0.78, c: 0.11, h: HUE.good }),
  });
}

type Wished = Omit<ColorScheme, `page-${string}` | 'primary' | `primary-${string}` | 'on-primary' | 'link' | 'focus'>;

/** Takes the wished colours and moves each in lightness until it can be read where it stands. */
function completeScheme(primary: HexColor, wished: Wished): ColorScheme {
  const { page, surface, tint } = wished;
  const dangerTint = wished['danger-tint'];
  const plain = [surface, tint];
  const all = [surface, tint, dangerTint];
  const button = solidButton(primary, surface);
  return {
    ...wished,
    ...button,
    ink: withContrast(wished.ink, all, TEXT),
    soft: withContrast(wished.soft, plain, TEXT),
    link: withContrast(primary, all, TEXT),
    control: withContrast(wished.control, plain, CONTROL),
    focus: withContrast(primary, all, CONTROL),
    danger: withContrast(wished.danger, [surface, dangerTint], TEXT),
    warn: withContrast(wished.warn, plain, TEXT),
    good: withContrast(wished.good, plain, TEXT),
    'page-ink': withContrast(wished.ink, [page], TEXT),
    'page-soft': withContrast(wished.soft, [page], TEXT),
    'page-link': withContrast(primary, [page], TEXT),
    'page-focus': withContrast(primary, [page], CONTROL),
  };
}

/**
 * A filled button. White text is preferred and the fill darkened for it as long as it stays recognisably the tenant's
 * colour; a light colour (yellow, mint) keeps its lightness and takes dark text. The edge shows the button's shape where
 * the fill alone does not.
 */
function solidButton(primary: HexColor, surface: HexColor) {
  const isDarkSurface = contrastRatio(surface, WHITE) > contrastRatio(surface, BLACK);
  const visible = isDarkSurface ? withContrast(primary, [surface], CONTROL) : primary;
  const { l, h } = toOklch(visible);
  const takesWhite = l < LIGHTEST_FILL_FOR_WHITE_TEXT;
  const fill = takesWhite ? withContrast(visible, [WHITE], TEXT) : visible;
  const ink = takesWhite ? WHITE : withContrast(fromOklch({ l: 0.22, c: 0.03, h }), [fill], TEXT);
  return {
    primary: fill,
    'primary-hover': hoverOf(fill, ink),
    'primary-edge': withContrast(fill, [surface], CONTROL),
    'on-primary': ink,
  };
}

/** One visible step away from the text, or towards it where there is no room left. */
function hoverOf(fill: HexColor, ink: HexColor): HexColor {
  const shade = toOklch(fill);
  const away = ink === WHITE ? -HOVER_STEP : HOVER_STEP;
  const hasRoom = shade.l + away > 0.1 && shade.l + away < 0.99;
  return withContrast(fromOklch({ ...shade, l: shade.l + (hasRoom ? away : -2 * away) }), [ink], TEXT);
}

function declarations(scheme: ColorScheme): string {
  return COLOR_NAMES.map((name) => `--${name}:${scheme[name]}`).join(';');
}
