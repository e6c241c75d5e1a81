import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';
import type { AttributeValues } from '../tenants/user-attributes.js';
import type { ProfileClaims } from './user.js';

@Entity('users')
export class UserEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  username: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('boolean', { name: 'email_verified' })
  emailVerified: boolean;

  @Column('text', { name: 'phone_number', nullable: true })
  phoneNumber: string | null;

  @Column('boolean', { name: 'phone_number_verified' })
  phoneNumberVerified: boolean;

  @Column('jsonb')
  claims: ProfileClaims;

  /** What the tenant defined itself. */
  @Column('jsonb')
  attributes: AttributeValues;

  /** argon2id; not selected unless asked for. */
  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash: string | null;

  /** Null when it was set before this was recorded, and without a password. */
  @Column('timestamptz', { name: 'password_changed_at', nullable: true })
  passwordChangedAt: Date | null;

  @Column('boolean', { name: 'must_change_password' })
  mustChangePassword: boolean;

  /** Has the role `owner`. */
  @Column('boolean', { name: 'tenant_admin' })
  tenantAdmin: boolean;

  /** Names of the roles at the management API. The table of assignments decides; a trigger repeats it here. */
  @Column('text', { name: 'management_roles', array: true })
  managementRoles: string[];

  @Column('boolean')
  enabled: boolean;

  /** Of the tenant's terms that the person accepted last. */
  @Column('text', { name: 'terms_version', nullable: true })
  termsVersion: string | null;

  @Column('timestamptz', { name: 'terms_accepted_at', nullable: true })
  termsAcceptedAt: Date | null;
  /** When the account is deleted, because its person asked for it. */
  @Column('timestamptz', { name: 'deletion_scheduled_for', nullable: true })
  deletionScheduledFor: Date | null;
}

/** What a person may type to sign in: the user name and the e-mail address, in one namespace. */
@Entity('user_identifiers')
export class UserIdentifierEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('text')
  value: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;
}
