import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { Branding } from './branding.js';
import type { TenantStatus } from './tenant.js';
import type { TenantPolicy } from './tenant-policy.js';

@Entity('tenants')
export class TenantEntity {
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

  @Column('jsonb')
  branding: Branding;

  @Column('integer')
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;
}
