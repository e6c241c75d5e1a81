import { hash } from 'node:crypto';
import type { Branding } from './branding.js';
import type { TenantTexts } from './tenant-texts.js';

/** All that a branding decides: the look, and the words that stand in the place of ours. */
export interface BrandingState {
  readonly branding: Branding;
  readonly texts: TenantTexts;
}

/** What is being prepared. */
export interface BrandingDraft extends BrandingState {
  /** `digestOf` what was published when it was begun. */
  readonly base: string;
  readonly changedBy: string | undefined;
  readonly changedAt: Date;
}

/** Why something was published; `before`: it was there when the history began. */
export type PublicationSource = 'draft' | 'revert' | 'direct' | 'before';

export interface Publication {
  readonly source: PublicationSource;
  /** As in audit events. */
  readonly by: string;
  readonly note?: string | undefined;
  readonly restoredFrom?: number | undefined;
}

/** One that was published. */
export interface BrandingVersion extends BrandingState {
  readonly number: number;
  readonly source: PublicationSource;
  readonly restoredFrom: number | undefined;
  readonly note: string | undefined;
  readonly publishedBy: string | undefined;
  readonly publishedAt: Date;
}

/** So many published ones are kept for each tenant. */
export const MAX_BRANDING_VERSIONS = 20;

/** Two states are the same when their digests are. Both are as the database gives them, whose order of members is fixed. */
export function digestOf({ branding, texts }: BrandingState): string {
  return hash('sha256', JSON.stringify([branding, texts]), 'base64url');
}
