import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';

/** A group of users. Applications read its name in tokens; to the platform itself it means nothing. */
@Entity('user_groups')
export class GroupEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('uuid')
  id: string;

  /** Unique in the tenant, whatever its case. */
  @Column('text')
  name: string;

  /** What people call it; null: its name. */
  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;

  @Column('text', { nullable: true })
  description: string | null;
}

export type GroupData = Pick<GroupEntity, 'name' | 'displayName' | 'description'>;
