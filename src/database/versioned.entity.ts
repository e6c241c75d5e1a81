import { Column, CreateDateColumn, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** The first column of the key of every table that belongs to tenants. */
export function TenantIdColumn(): PropertyDecorator {
  return PrimaryColumn('uuid', { name: 'tenant_id' });
}

/** What every resource of the management API has: `version` is counted up by each change and sent as its ETag. */
export abstract class VersionedEntity {
  @Column('integer')
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;
}
