import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';

/** A role at one of the tenant's own APIs; not one of administrators, which `src/roles` has. */
@Entity('api_roles')
export class ApiRoleEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'api_id' })
  apiId: string;

  /** Unique at the API. */
  @Column('text')
  name: string;

  /** What people call it; null: its name. */
  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;

  @Column('text', { nullable: true })
  description: string | null;

  /** Scopes of the API that the role allows. */
  @Column('text', { array: true })
  scopes: string[];
}

export type ApiRoleData = Pick<ApiRoleEntity, 'name' | 'displayName' | 'description' | 'scopes'>;
