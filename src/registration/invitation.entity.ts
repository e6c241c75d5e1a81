import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';
import type { ProfileClaims } from '../users/user.js';

/** What the account has from the beginning. */
export interface InvitedAccount {
  readonly username?: string | undefined;
  readonly claims?: ProfileClaims | undefined;
}

@Entity('invitations')
export class InvitationEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  email: string;

  @Column('jsonb')
  attributes: InvitedAccount;

  @Column('boolean', { name: 'tenant_admin' })
  tenantAdmin: boolean;

  /** Names of roles at the management API that the account has from the beginning. */
  @Column('text', { array: true })
  roles: string[];

  @Column('text', { nullable: true })
  locale: string | null;

  /** The link that was sent last. */
  @Column('uuid', { name: 'verification_id' })
  verificationId: string;

  @Column('timestamptz', { name: 'sent_at' })
  sentAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'withdrawn_at', nullable: true })
  withdrawnAt: Date | null;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt: Date | null;

  /** The account that came of it. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId: string | null;
}

export type InvitationStatus = 'pending' | 'accepted' | 'withdrawn' | 'expired';

export function statusOf({ acceptedAt, withdrawnAt, expiresAt }: InvitationEntity, now: Date): InvitationStatus {
  if (acceptedAt) return 'accepted';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'pending';
}
