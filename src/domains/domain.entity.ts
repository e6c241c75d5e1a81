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

  /** Of a pending domain. Null: the platform does not look by itself any more. */
  @Column('timestamptz', { name: 'next_check_at', nullable: true })
  nextCheckAt: Date | null;

  /** When the proof was found last. */
  @Column('timestamptz', { name: 'proven_at', nullable: true })
  provenAt: Date | null;

  /** Since when the proof of a verified domain is missing. */
  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince: Date | null;

  /** Until when it stays verified without a proof. */
  @Column('timestamptz', { name: 'lapses_at', nullable: true })
  lapsesAt: Date | null;

  /** When the owners were told that this is near. */
  @Column('timestamptz', { name: 'warned_at', nullable: true })
  warnedAt: Date | null;

  /** When it became pending again, because its proof was missing. */
  @Column('timestamptz', { name: 'lapsed_at', nullable: true })
  lapsedAt: Date | null;

  /** What was wrong when its proof was missing. One sentence. */
  @Column('text', { nullable: true })
  fault: string | null;

  /** Of a verified domain. Null: at once. */
  @Column('timestamptz', { name: 'next_proof_at', nullable: true })
  nextProofAt: Date | null;
}
