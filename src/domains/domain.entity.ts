import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';
import type { DomainCheck, ProofMethod } from './domain-check.js';

/** A domain that a tenant claims, or has proven to hold. */
@Entity('tenant_domains')
export class DomainEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('text')
  domain: string;

  /** What the proof holds. Published by whoever holds the domain, so it is no secret. */
  @Column('text')
  token: string;

  /** Null: it is pending, and no address of the tenant. */
  @Column('timestamptz', { name: 'verified_at', nullable: true })
  verifiedAt: Date | null;

  @Column('text', { name: 'verified_by', nullable: true })
  verifiedBy: ProofMethod | null;

  /** What mails and the API show as the tenant's issuer; one domain of a tenant at most. */
  @Column('boolean', { name: 'is_primary', default: false })
  isPrimary: boolean;

  /** What the last check found. */
  @Column('jsonb', { name: 'last_check', nullable: true })
  lastCheck: DomainCheck | null;

  @Column('timestamptz', { name: 'checked_at', nullable: true })
  checkedAt: Date | null;

  /** Checks that the platform made by itself. */
  @Column('integer', { default: 0 })
  checks: number;

  /** Null: the platform does not look by itself any more. */
  @Column('timestamptz', { name: 'next_check_at', nullable: true })
  nextCheckAt: Date | null;
}
