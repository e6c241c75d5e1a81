import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';
import type { ManagementScope } from '../resources/management-api.js';

/** A role at the management API that the tenant made itself. */
@Entity('management_roles')
export class RoleEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('text')
  name: string;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text', { array: true })
  permissions: ManagementScope[];
}

export type RoleData = Pick<RoleEntity, 'displayName' | 'description' | 'permissions'>;
