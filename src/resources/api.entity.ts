import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { AccessTokenFormat, ApiScope } from './api.js';

@Entity('apis')
export class ApiEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' })
  tenantId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  identifier: string;

  @Column('text', { name: 'display_name' })
  displayName: string;

  @Column('jsonb')
  scopes: ApiScope[];

  @Column('text', { name: 'access_token_format' })
  accessTokenFormat: AccessTokenFormat;

  @Column('integer', { name: 'access_token_lifetime_seconds', nullable: true })
  accessTokenLifetimeSeconds: number | null;

  @Column('text', { name: 'introspection_client_ids', array: true })
  introspectionClientIds: string[];

  @Column('integer')
  version: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;
}
