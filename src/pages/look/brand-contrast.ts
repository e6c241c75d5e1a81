import { mailColors, MAIL_SURFACES } from '../../mail/mail-colors.js';
import { type HexColor, contrastRatio, parseHexColor, withContrast } from '../../tenants/contrast.js';
import { type ColorScheme, type PageBranding, brandTheme } from './brand-theme.js';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for what shows a control. */
const TEXT = 4.5;
const CONTROL = 3;

export type ChosenColor = 'primaryColor' | 'primaryColorDark';
export type Place =
  | 'link'
  | 'link_on_panel'
  | 'link_on_error'
  | 'link_on_page'
  | 'focus'
  | 'focus_on_panel'
  | 'focus_on_error'
  | 'focus_on_page'
  | 'button_text'
  | 'button_edge'
  | 'mail_link'
  | 'mail_link_on_page'
  | 'mail_button_text';

export interface Pair {
  readonly foreground: HexColor;
  readonly background: HexColor;
  readonly ratio: number;
}

/** Two colours that stand on each other and cannot be told apart well enough, as the tenant chose them. */
export interface ContrastFault {
  readonly color: ChosenColor;
  readonly scheme: 'light' | 'dark';
  readonly place: Place;
  /** The least ratio. */
  readonly needed: number;
  readonly chosen: Pair;
  /** What pages and mails show instead: the nearest in lightness that can be read. */
  readonly shown: Pair;
}

type Colors = Pick<PageBranding, ChosenColor | 'backgroundColor'>;
type Comparison = readonly [place: Place, needed: number, chosen: Two, shown: Two];
type Two = readonly [foreground: HexColor, background: HexColor];

/**
 * Where a colour that the tenant chose would be used and could not be read. Every other colour is ours, made for the
 * one behind it. Pages and mails correct these too, when they are made (`brandTheme`, `mailColors`).
 */
export function findContrastFaults(colors: Colors): ContrastFault[] {
  const theme = brandTheme(colors);
  const light = parseHexColor(colors.primaryColor);
  const dark = parseHexColor(colors.primaryColorDark);
  return [
    ...(light ? faultsOf('primaryColor', 'light', [...onPages(light, theme.light), ...inMails(light)]) : []),
    ...(dark ? faultsOf('primaryColorDark', 'dark', onPages(dark, theme.dark)) : []),
  ];
}

/** The nearest colour in lightness without a fault, when there is one. */
export function nearestWithoutFault(colors: Colors, color: ChosenColor): HexColor | undefined {
  const chosen = parseHexColor(colors[color]);
  if (!chosen) return undefined;
  const scheme = brandTheme(colors)[color === 'primaryColor' ? 'light' : 'dark'];
  const grounds = [scheme.surface, scheme.tint, scheme['danger-tint'], scheme.page];
  const all = color === 'primaryColor' ? [...grounds, MAIL_SURFACES.card, MAIL_SURFACES.page] : grounds;
  const found = withContrast(chosen, all, TEXT);
  return findContrastFaults({ ...colors, [color]: found }).some((fault) => fault.color === color) ? undefined : found;
}

/** What the stylesheet makes of the colour, and what it would be without correction. */
function onPages(chosen: HexColor, scheme: ColorScheme): Comparison[] {
  const { surface, tint, page, link, focus } = scheme;
  const dangerTint = scheme['danger-tint'];
  const on = (place: Place, needed: number, shown: HexColor, ground: HexColor): Comparison => [
    place,
    needed,
    [chosen, ground],
    [shown, ground],
  ];
  const ink = scheme['on-primary'];
  return [
    ['button_text', TEXT, [ink, chosen], [ink, scheme.primary]],
    on('button_edge', CONTROL, scheme['primary-edge'], surface),
    on('link', TEXT, link, surface),
    on('link_on_panel', TEXT, link, tint),
    on('link_on_error', TEXT, link, dangerTint),
    on('link_on_page', TEXT, scheme['page-link'], page),
    on('focus', CONTROL, focus, surface),
    on('focus_on_panel', CONTROL, focus, tint),
    on('focus_on_error', CONTROL, focus, dangerTint),
    on('focus_on_page', CONTROL, scheme['page-focus'], page),
  ];
}

function inMails(chosen: HexColor): Comparison[] {
  const { button, onButton, link } = mailColors(chosen);
  const { card, page } = MAIL_SURFACES;
  return [
    ['mail_button_text', TEXT, [onButton, button], [onButton, button]],
    ['mail_link', TEXT, [chosen, card], [link, card]],
    ['mail_link_on_page', TEXT, [chosen, page], [link, page]],
  ];
}

function faultsOf(
  color: ChosenColor,
  scheme: ContrastFault['scheme'],
  comparisons: readonly Comparison[],
): ContrastFault[] {
  return comparisons.flatMap(([place, needed, two, instead]) => {
    const chosen = toPair(two);
    return chosen.ratio < needed ? [{ color, scheme, place, needed, chosen, shown: toPair(instead) }] : [];
  });
}

function toPair([foreground, background]: Two): Pair {
  return { foreground, background, ratio: contrastRatio(foreground, background) };
}
