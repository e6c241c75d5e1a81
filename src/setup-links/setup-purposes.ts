import type { OperationId } from '../management-client/management-client.js';
import type { ManagementScope } from '../resources/management-api.js';

/** What somebody may do with a link of this purpose, and what its maker must be allowed to. */
interface PurposeDefinition {
  /** The maker has one scope of each of these, when the link is made and at each use of it. */
  readonly makerNeeds: readonly (readonly ManagementScope[])[];
  /** Scopes of a session of the link at the management API. */
  readonly scope: readonly ManagementScope[];
  /** The operations that the session may call. No other one answers it. */
  readonly operations: readonly OperationId[];
}

/**
 * THE LIST of what setup links are for. The API, what a session may call, and the screens of the console follow from it. Nothing here removes an address that is in use.
 */
const DEFINITIONS = {
  verify_domain: {
    makerNeeds: [['tenants:read'], ['tenants:write']],
    scope: ['tenants:read', 'tenants:write'],
    operations: ['listDomains', 'createDomain', 'getDomain', 'verifyDomain'],
  },
  brand: {
    makerNeeds: [['tenants:read'], ['branding:write', 'tenants:write']],
    scope: ['tenants:read', 'branding:write'],
    operations: [
      'getBrandingDraft',
      'updateBrandingDraft',
      'discardBrandingDraft',
      'publishBranding',
      'createBrandingPreview',
      'listBrandingVersions',
      'getBrandingVersion',
      'revertBranding',
      'listTexts',
    ],
  },
} as const satisfies Readonly<Record<string, PurposeDefinition>>;

export type SetupPurpose = keyof typeof DEFINITIONS;

export const SETUP_PURPOSES = Object.keys(DEFINITIONS) as readonly SetupPurpose[];

/** Those that this version of the program knows. */
export function knownPurposes(names: readonly string[]): readonly SetupPurpose[] {
  return SETUP_PURPOSES.filter((name) => names.includes(name));
}

/** The first scope that is missing to make or to use a link for these; undefined: nothing is missing. */
export function missingScope(
  purposes: readonly SetupPurpose[],
  held: readonly string[],
): { readonly purpose: SetupPurpose; readonly scope: ManagementScope } | undefined {
  for (const purpose of purposes) {
    const needs: readonly (readonly ManagementScope[])[] = DEFINITIONS[purpose].makerNeeds;
    const unmet = needs.find((scopes) => !scopes.some((scope) => held.includes(scope)));
    const [scope] = unmet ?? [];
    if (scope !== undefined) return { purpose, scope };
  }
  return undefined;
}

export function scopeOf(purposes: readonly SetupPurpose[]): readonly ManagementScope[] {
  return [...new Set(purposes.flatMap((purpose): readonly ManagementScope[] => DEFINITIONS[purpose].scope))];
}

export function operationsOf(purposes: readonly SetupPurpose[]): readonly OperationId[] {
  return [...new Set(purposes.flatMap((purpose): readonly OperationId[] => DEFINITIONS[purpose].operations))];
}
