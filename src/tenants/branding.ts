/** How a tenant's pages look: data only, never markup, style sheets or scripts. */
export interface Branding {
  /** `data:` URI of a PNG, JPEG or WebP image. */
  readonly logo?: string;
  /** The logo is readable on a dark surface; otherwise it is laid on a light plate there. */
  readonly logoWorksOnDark?: boolean;
  /** The logo is a mark without lettering: the tenant's name is set beside it. */
  readonly logoWithName?: boolean;
  /** `#rrggbb`; contrast is corrected when a page is made, whatever was chosen. */
  readonly primaryColor?: string;
  readonly primaryColorDark?: string;
  readonly backgroundColor?: string;
  readonly defaultLocale?: string;
  readonly texts?: Readonly<Record<string, BrandingTexts>>;
  readonly privacyUri?: string;
  readonly termsUri?: string;
  readonly supportUri?: string;
}

/** Plain text in one language. */
export interface BrandingTexts {
  readonly signInTitle?: string;
  readonly signInText?: string;
  readonly footerText?: string;
}

export const DEFAULT_BRANDING: Branding = Object.freeze({});
