import { hash } from 'node:crypto';

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
  /** Where people go who forgot their password: https. */
  readonly passwordResetUri?: string;
}

/**
 * The branding as it is kept in memory with its tenant: an image of up to 64 kB for each of many thousand tenants would
 * be too much, so only its version is, which changes with the image.
 */
export interface TenantBranding extends Omit<Branding, 'logo'> {
  readonly logoVersion?: string;
}

/** Plain text in one language. */
export interface BrandingTexts {
  readonly signInTitle?: string;
  readonly signInText?: string;
  readonly footerText?: string;
}

const NO_BRANDING: TenantBranding = Object.freeze({});

/** Tenants that chose nothing share one object. */
export function withoutLogo({ logo, ...branding }: Branding): TenantBranding {
  if (logo !== undefined) return { ...branding, logoVersion: hash('sha256', logo, 'base64url').slice(0, 12) };
  return Object.keys(branding).length === 0 ? NO_BRANDING : branding;
}
