import { settlePolicy } from './policy-rules.js';
import { DEFAULT_POLICY, type TenantPolicy, chosenPolicy } from './tenant-policy.js';

export type PolicyMember = keyof TenantPolicy;

export const POLICY_MEMBERS = Object.keys(DEFAULT_POLICY) as readonly PolicyMember[];

/** The layers above a tenant, highest first. The built-in defaults are above both. */
export const LAYER_NAMES = ['platform', 'template'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/** What one layer decides: values, and members that nothing below decides. A member can be locked without a value. */
export interface PolicyLayer {
  readonly policy: Partial<TenantPolicy>;
  readonly locks: readonly string[];
}

export type PolicyLayers = Readonly<Partial<Record<LayerName, PolicyLayer>>>;

/** What signed before a layer chose other algorithms. Unix times in milliseconds. */
export interface FormerSigning {
  readonly inherited: Pick<InheritedPolicy, 'values' | 'locks'>;
  readonly since: number;
  readonly until: number;
}

/** What a tenant gets from the layers above it. Tenants that inherit the same share one object. */
export interface InheritedPolicy {
  readonly layers: PolicyLayers;
  /** The layers over the defaults, without the rules on what members may be together. */
  readonly values: TenantPolicy;
  /** The policy of a tenant that decided nothing. */
  readonly policy: TenantPolicy;
  /** Who locked a member. */
  readonly locks: ReadonlyMap<string, LayerName>;
  readonly template: { readonly id: string; readonly name: string } | undefined;
  readonly formerSigning: FormerSigning | undefined;
  /** Tells one state of the layers from another; undefined while the operator has decided nothing. */
  readonly revision: string | undefined;
}

/** What a tenant decided, and what it inherits. */
export interface DecidedPolicy {
  readonly policy: Partial<TenantPolicy>;
  readonly inherited: InheritedPolicy;
}

/** Each layer decides what none above it has locked. */
export function mergeLayers(layers: PolicyLayers): Pick<InheritedPolicy, 'values' | 'locks'> {
  const locks = new Map<string, LayerName>();
  let values = DEFAULT_POLICY;
  for (const name of LAYER_NAMES) {
    const layer = layers[name];
    if (!layer) continue;
    values = under(values, layer.policy, locks);
    for (const member of layer.locks) if (!locks.has(member)) locks.set(member, name);
  }
  return { values, locks };
}

export function inheritPolicy(
  layers: PolicyLayers,
  { template, formerSigning, revision }: Partial<Pick<InheritedPolicy, 'template' | 'formerSigning' | 'revision'>> = {},
): InheritedPolicy {
  const { values, locks } = mergeLayers(layers);
  return Object.freeze({
    layers,
    values,
    locks,
    policy: Object.freeze(settlePolicy(values)),
    template,
    formerSigning,
    revision,
  });
}

/** Where the operator decided nothing. */
export const NOTHING_INHERITED = inheritPolicy({});

/** The policy in effect. Tenants that decide nothing share one object with all that inherit the same. */
export function effectivePolicy({ policy, inherited }: DecidedPolicy): TenantPolicy {
  const values = valuesOf({ policy, inherited });
  return values === inherited.values ? inherited.policy : Object.freeze(settlePolicy(values));
}

/** The same without the rules on what members may be together. */
export function valuesOf({
  policy,
  inherited,
}: {
  readonly policy: Partial<TenantPolicy>;
  readonly inherited: Pick<InheritedPolicy, 'values' | 'locks'>;
}): TenantPolicy {
  return under(inherited.values, policy, inherited.locks);
}

function under(
  above: TenantPolicy,
  chosen: Partial<TenantPolicy>,
  locks: ReadonlyMap<string, LayerName>,
): TenantPolicy {
  const inForce = Object.entries(chosenPolicy(chosen)).filter(([member]) => !locks.has(member));
  return inForce.length === 0 ? above : { ...above, ...Object.fromEntries(inForce) };
}
