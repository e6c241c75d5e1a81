import { Column, Entity, PrimaryColumn } from 'typeorm';
import { VersionedEntity } from '../database/versioned.entity.js';
import type { TenantPolicy } from './tenant-policy.js';

/** The row of the platform's own policy, which migrations make. */
export const PLATFORM_LAYER_ID = '00000000-0000-4000-8000-000000000001';

/** What a layer said of signing algorithms before it changed. Unix times in milliseconds. */
export interface SigningBefore {
  readonly policy: Partial<TenantPolicy>;
  readonly locks: readonly string[];
  readonly since: number;
  readonly until: number;
}

/** The platform's own policy, or a template that tenants are made from. */
@Entity('policy_layers')
export class PolicyLayerEntity extends VersionedEntity {
  @PrimaryColumn('uuid')
  id: string;

  /** Null: the platform's own. */
  @Column('text', { nullable: true })
  name: string | null;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text', { nullable: true })
  description: string | null;

  /** Only what the layer decides. */
  @Column('jsonb')
  policy: Partial<TenantPolicy>;

  @Column('text', { array: true })
  locks: string[];

  @Column('jsonb', { name: 'signing_before', nullable: true })
  signingBefore: SigningBefore | null;
}

export type PolicyLayerData = Pick<PolicyLayerEntity, 'displayName' | 'description' | 'policy' | 'locks'>;
