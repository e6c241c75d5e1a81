import { Column, Entity, PrimaryColumn } from 'typeorm';
import { VersionedEntity } from '../database/versioned.entity.js';
import type { TenantQuotas } from '../limits/tenant-quotas.js';
import type { Branding } from './branding.js';
import type { InheritedPolicy } from './policy-inheritance.js';
import type { SigningHandovers } from './signing-handover.js';
import type { OwnAddresses } from './tenant-address.js';
import type { TenantStatus } from './tenant.js';
import type { TenantPolicy } from './tenant-policy.js';
import type { TenantTexts } from './tenant-texts.js';
import type { UserAttributes } from './user-attributes.js';

@Entity('tenants')
export class TenantEntity extends VersionedEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  slug: string;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text')
  status: TenantStatus;

  /** Only what the tenant chose; the rest is inherited. */
  @Column('jsonb')
  policy: Partial<TenantPolicy>;

  /** The template whose policy it inherits. */
  @Column('uuid', { name: 'policy_template_id', nullable: true })
  policyTemplateId: string | null;

  /** Members of the policy that clients do not decide. */
  @Column('text', { name: 'policy_locks', array: true })
  policyLocks: string[];

  /** What it gets from the platform and its template; read with the row. */
  inherited: InheritedPolicy;

  @Column('jsonb', { name: 'signing_handovers' })
  signingHandovers: SigningHandovers;

  @Column('jsonb')
  branding: Branding;

  /** Only what the tenant wrote itself. */
  @Column('jsonb', { default: {} })
  texts: TenantTexts;

  /** What it may have and do at most, as operators set it; see `limits/tenant-quotas.ts`. */
  @Column('jsonb', { default: {} })
  quotas: TenantQuotas;
  /** Attributes of users that the tenant defined. */
  @Column('jsonb', { name: 'user_attributes', default: [] })
  userAttributes: UserAttributes;

  /** Its domains and former slugs; written with those tables, in the same transaction. */
  @Column('jsonb', { default: {} })
  addresses: OwnAddresses;

  /** The deletion that waits for its time or goes on (`tenant_deletions`). */
  @Column('uuid', { name: 'deletion_id', nullable: true })
  deletionId: string | null;

  @Column('timestamptz', { name: 'deletion_due_at', nullable: true })
  deletionDueAt: Date | null;

  /** Its data key is gone, and the rest is going. */
  @Column('boolean', { default: false })
  destroying: boolean;
}
