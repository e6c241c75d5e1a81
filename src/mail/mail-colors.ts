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
/** 1.4.11. */
const VISIBLE = 3;

export interface MailColors {
  readonly button: HexColor;
  readonly onButton: HexColor;
  readonly link: HexColor;
  readonly linkOnDark: HexColor;
  readonly buttonOnDark: HexColor;
  readonly onButtonOnDark: HexColor;
}

/** The tenant's colour where it can be read, else the nearest that can. */
export function mailColors(primaryColor: string | undefined, primaryColorDark?: string): MailColors {
  const button = parseHexColor(primaryColor) ?? DEFAULT_PRIMARY;
  const onDark = parseHexColor(primaryColorDark) ?? button;
  const buttonOnDark = withContrast(onDark, [DARK_SURFACE], VISIBLE);
  return {
    button,
    onButton: textOn(button),
    link: withContrast(button, [WHITE, PAGE], READABLE),
    linkOnDark: withContrast(onDark, [DARK_SURFACE, DARK_PAGE], READABLE),
    buttonOnDark,
    onButtonOnDark: textOn(buttonOnDark),
  };
}

function textOn(button: HexColor): HexColor {
  return contrastRatio(button, WHITE) >= READABLE ? WHITE : withContrast(INK, [button], READABLE);
}
