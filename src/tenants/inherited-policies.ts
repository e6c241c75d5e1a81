import { LRUCache } from 'lru-cache';
import {
  type InheritedPolicy,
  type LayerName,
  type PolicyLayer,
  type PolicyLayers,
  inheritPolicy,
  mergeLayers,
} from './policy-inheritance.js';
import type { PolicyLayerEntity, SigningBefore } from './policy-layer.entity.js';

/** What is read of a layer with each tenant. */
export type StoredLayer = Pick<PolicyLayerEntity, 'id' | 'name' | 'version' | 'policy' | 'locks' | 'signingBefore'>;

export interface StoredLayers {
  readonly platform: StoredLayer | null;
  readonly template: StoredLayer | null;
}

/** More templates than a platform has. Rules that know a day are looked at again after the lifetime. */
const MAX_KEPT = 300;
const LIFETIME_MS = 60_000;

/**
 * What tenants inherit, made once for each platform policy and template in their versions. So a hundred thousand tenants
 * that decide nothing hold one policy in memory.
 */
export class InheritedPolicies {
  private readonly known = new LRUCache<string, InheritedPolicy>({ max: MAX_KEPT, ttl: LIFETIME_MS });
  private readonly shared = new WeakSet<object>();

  of(stored: StoredLayers): InheritedPolicy {
    const { platform, template } = stored;
    const key = `${platform?.version}/${template?.id}/${template?.version}`;
    const known = this.known.get(key);
    if (known) return known;
    const inherited = inheritPolicy(layersOf(stored), {
      template: template ? { id: template.id, name: template.name ?? '' } : undefined,
      formerSigning: formerSigningOf(stored),
      revision: revisionOf(stored),
    });
    this.shared.add(inherited.policy);
    this.known.set(key, inherited);
    return inherited;
  }

  /** Whether several tenants hold this object. */
  has(value: unknown): boolean {
    return typeof value === 'object' && value !== null && this.shared.has(value);
  }
}

export function layersOf({ platform, template }: Readonly<Record<LayerName, PolicyLayer | null>>): PolicyLayers {
  return { ...(platform && { platform }), ...(template && { template }) };
}

function formerSigningOf({ platform, template }: StoredLayers): InheritedPolicy['formerSigning'] {
  const former = [platform, template].flatMap((layer) => layer?.signingBefore ?? []);
  if (former.length === 0) return undefined;
  const before = (layer: StoredLayer | null): PolicyLayer | null => layer && asBefore(layer, layer.signingBefore);
  return {
    inherited: mergeLayers(layersOf({ platform: before(platform), template: before(template) })),
    since: Math.max(...former.map(({ since }) => since)),
    until: Math.max(...former.map(({ until }) => until)),
  };
}

function asBefore(layer: PolicyLayer, before: SigningBefore | null): PolicyLayer {
  if (before === null || before.until <= Date.now()) return layer;
  const { accessTokenSigningAlg: _, idTokenSigningAlg: __, ...policy } = layer.policy;
  const locks = layer.locks.filter((member) => member !== 'accessTokenSigningAlg' && member !== 'idTokenSigningAlg');
  return { policy: { ...policy, ...before.policy }, locks: [...locks, ...before.locks] };
}

function revisionOf({ platform, template }: StoredLayers): string | undefined {
  const isUntouched = (platform?.version ?? 1) === 1 && template === null;
  return isUntouched ? undefined : [platform?.version, template?.id, template?.version].join('-');
}
