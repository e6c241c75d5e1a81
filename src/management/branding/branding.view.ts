import {
  type ChosenColor,
  type ContrastFault,
  type Pair,
  findContrastFaults,
  nearestWithoutFault,
} from '../../pages/look/brand-contrast.js';
import type { Branding } from '../../tenants/branding.js';
import type { DraftPlace } from '../../tenants/branding-drafts.repository.js';
import type { BrandingVersion } from '../../tenants/branding-state.js';
import { isOutdated } from '../../tenants/brandings.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { View } from '../kit/view.js';
import { brandingView } from '../tenants/tenant.view.js';

/** The draft, or what is published when there is none. */
export function brandingDraftView(tenant: TenantEntity, place: DraftPlace): View {
  const { branding, texts } = place.draft ?? tenant;
  return {
    state: place.draft ? 'draft' : 'published',
    branding: brandingView(branding),
    texts,
    contrast: contrastView(branding),
    is_outdated: isOutdated(tenant, place),
    changed_by: place.draft?.changedBy ?? null,
    changed_at: place.draft?.changedAt ?? null,
  };
}

/** Without what it holds, for a list. */
export function brandingVersionSummary(version: BrandingVersion): View {
  return {
    number: version.number,
    source: version.source,
    restored_from: version.restoredFrom ?? null,
    note: version.note ?? null,
    published_by: version.publishedBy ?? null,
    published_at: version.publishedAt,
  };
}

export function brandingVersionView(version: BrandingVersion): View {
  const { branding, texts } = version;
  return {
    ...brandingVersionSummary(version),
    branding: brandingView(branding),
    texts,
    contrast: contrastView(branding),
  };
}

const MEMBERS: Readonly<Record<ChosenColor, string>> = {
  primaryColor: 'primary_color',
  primaryColorDark: 'primary_color_dark',
};

export function contrastView(branding: Branding): {
  readonly passes: boolean;
  readonly faults: readonly View[];
  readonly nearest: View;
} {
  const faults = findContrastFaults(branding);
  const colors = [...new Set(faults.map(({ color }) => color))];
  return {
    passes: faults.length === 0,
    faults: faults.map(faultView),
    nearest: Object.fromEntries(colors.map((color) => [MEMBERS[color], nearestWithoutFault(branding, color) ?? null])),
  };
}

function faultView({ color, scheme, place, needed, chosen, shown }: ContrastFault): View {
  return { member: MEMBERS[color], scheme, where: place, needed, chosen: pairView(chosen), shown: pairView(shown) };
}

/** Rounded down, so that 4.499 is not shown as enough. */
function pairView({ ratio, ...pair }: Pair): View {
  return { ...pair, ratio: Math.floor(ratio * 100) / 100 };
}
