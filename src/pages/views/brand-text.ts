import { type Locale, directionOf } from '../../language/messages.js';
import type { PageContext } from '../page-content.js';
import type { BrandTexts } from '../look/brand-theme.js';
import { displayName } from '../look/display-text.js';

const MAX_LENGTH = 400;

/** A text that the tenant wrote, and its language where that is not the page's. */
export interface BrandText {
  readonly text: string;
  readonly lang?: Locale;
  readonly dir?: 'ltr' | 'rtl';
}

/** In the language of the page, or else in the tenant's own (WCAG 2.2 §3.1.2). Empty when there is neither. */
export function brandText({ locale, tenant }: PageContext, name: keyof BrandTexts): BrandText {
  const { texts, defaultLocale } = tenant?.branding ?? {};
  const here = shown(texts?.[locale]?.[name]);
  if (here !== '' || defaultLocale === undefined) return { text: here };
  const text = shown(texts?.[defaultLocale]?.[name]);
  return text === '' ? { text } : { text, lang: defaultLocale, dir: directionOf(defaultLocale) };
}

function shown(text: string | undefined): string {
  return displayName(text ?? '', '', MAX_LENGTH);
}
