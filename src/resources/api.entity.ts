import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';
import type { AccessTokenFormat, AccessTokenTyp, ApiScope, RolesInTokens } from './api.js';

@Entity('apis')
export class ApiEntity extends VersionedEntity {
  @TenantIdColumn()
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

  @Column('text', { name: 'access_token_typ' })
  accessTokenTyp: AccessTokenTyp;

  @Column('integer', { name: 'access_token_lifetime_seconds', nullable: true })
  accessTokenLifetimeSeconds: number | null;

  @Column('text', { name: 'introspection_client_ids', array: true })
  introspectionClientIds: string[];

  /** What its tokens say of the roles that people and machines have there. */
  @Column('text', { name: 'roles_in_tokens', default: 'off' })
  rolesInTokens: RolesInTokens;
}
