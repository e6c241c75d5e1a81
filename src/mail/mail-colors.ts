import { type HexColor, WHITE, contrastRatio, parseHexColor, withContrast } from '../tenants/contrast.js';

const DEFAULT_PRIMARY: HexColor = '#1f4fbf';
const DARK_SURFACE: HexColor = '#1c1d20';
const PAGE: HexColor = '#f3f4f6';
const DARK_PAGE: HexColor = '#111214';
/** What a mail puts its links on, in light mode. */
export const MAIL_SURFACES = { card: WHITE, page: PAGE } as const;
const INK: HexColor = '#17181a';
/** WCAG 2.2, 1.4.3. */
const READABLE = 4.5;

export interface MailColors {
  readonly button: HexColor;
  readonly onButton: HexColor;
  readonly link: HexColor;
  readonly linkOnDark: HexColor;
}

/** The tenant's colour where it can be read, else the nearest that can. */
export function mailColors(primaryColor: string | undefined): MailColors {
  const button = parseHexColor(primaryColor) ?? DEFAULT_PRIMARY;
  return {
    button,
    onButton: contrastRatio(button, WHITE) >= READABLE ? WHITE : withContrast(INK, [button], READABLE),
    link: withContrast(button, [WHITE, PAGE], READABLE),
    linkOnDark: withContrast(button, [DARK_SURFACE, DARK_PAGE], READABLE),
  };
}
