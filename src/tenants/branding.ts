import { hash } from 'node:crypto';

/** How a tenant's pages look: data only, never markup, style sheets or scripts. */
export interface Branding {
  /** `data:` URI of a PNG, JPEG or WebP image. */
  readonly logo?: string;
  /** The same, shown in dark mode in place of the logo. */
  readonly logoDark?: string;
  /** The same, square: what browsers show beside the title. */
  readonly favicon?: string;
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
  /** Name that mails come from. Without these three the policy decides. */
  readonly mailFromName?: string;
  /** Address that mails come from, as far as the operator allows it. */
  readonly mailFrom?: string;
  /** Where answers to mails go. */
  readonly mailReplyTo?: string;
}

export const BRAND_IMAGES = ['logo', 'logoDark', 'favicon'] as const;
export type BrandImageName = (typeof BRAND_IMAGES)[number];

/**
 * The branding as it is kept in memory with its tenant: images of up to 64 kB for each of many thousand tenants would be
 * too much, so only their versions are. A version is made of the image's content and is the last part of its address.
 */
export interface TenantBranding extends Omit<Branding, BrandImageName> {
  readonly logoVersion?: string;
  readonly logoDarkVersion?: string;
  readonly faviconVersion?: string;
}

/** Plain text in one language. */
export interface BrandingTexts {
  readonly signInTitle?: string;
  readonly signInText?: string;
  readonly footerText?: string;
}

const NO_BRANDING: TenantBranding = Object.freeze({});

/** Tenants that chose nothing share one object. */
export function withoutImages({ logo, logoDark, favicon, ...branding }: Branding): TenantBranding {
  const known = {
    ...branding,
    ...(logo !== undefined && { logoVersion: versionOf(logo) }),
    ...(logoDark !== undefined && { logoDarkVersion: versionOf(logoDark) }),
    ...(favicon !== undefined && { faviconVersion: versionOf(favicon) }),
  };
  return Object.keys(known).length === 0 ? NO_BRANDING : known;
}

/** The image of a tenant that has this version, or undefined. */
export function findBrandImage(branding: TenantBranding, version: string): BrandImageName | undefined {
  return BRAND_IMAGES.find((name) => branding[`${name}Version`] === version);
}

function versionOf(dataUri: string): string {
  return hash('sha256', dataUri, 'base64url').slice(0, 22);
}
