import type { JSONWebKeySet } from 'jose';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn, VersionedEntity } from '../database/versioned.entity.js';
import type { SigningAlgorithmName } from '../keys/signing-algorithm.js';
import type { ApplicationType } from '../oauth/redirect-uri.js';
import type { ClientMetadata } from './client.js';
import type { Permission } from './permissions.js';

@Entity('clients')
export class ClientEntity extends VersionedEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('text', { name: 'client_id' })
  clientId: string;

  /** Made anew with each registration: a client that is registered again under the same identifier is another one. */
  @Column('uuid', { name: 'registration_id' })
  registrationId: string;

  /** Names of its roles at the management API. The table of assignments decides; a trigger repeats it here. */
  @Column('text', { name: 'management_roles', array: true })
  managementRoles: string[];

  @Column('text', { name: 'client_name', nullable: true })
  clientName: string | null;

  @Column('text', { name: 'application_type' })
  applicationType: ApplicationType;

  @Column('text', { name: 'token_endpoint_auth_method', nullable: true })
  tokenEndpointAuthMethod: string | null;

  @Column('text', { name: 'grant_types', array: true })
  grantTypes: string[];

  @Column('text', { name: 'response_types', array: true })
  responseTypes: string[];

  @Column('text', { name: 'redirect_uris', array: true })
  redirectUris: string[];

  @Column('text', { name: 'post_logout_redirect_uris', array: true })
  postLogoutRedirectUris: string[];

  @Column('jsonb')
  permissions: Permission[];

  /** The names in `permissions`, for processes of the version before. Decides nothing. */
  @Column('text', { array: true })
  scope: string[];

  @Column('jsonb', { nullable: true })
  jwks: JSONWebKeySet | null;

  @Column('text', { name: 'id_token_signed_response_alg', nullable: true })
  idTokenSignedResponseAlg: SigningAlgorithmName | null;

  @Column('boolean', { name: 'slim_id_token' })
  slimIdToken: boolean;

  @Column('jsonb')
  metadata: ClientMetadata;

  @Column('boolean', { name: 'first_party' })
  firstParty: boolean;

  @Column('boolean', { name: 'require_pkce', nullable: true })
  requirePkce: boolean | null;

  @Column('boolean', { name: 'refresh_token_rotation', nullable: true })
  refreshTokenRotation: boolean | null;

  @Column('boolean', { name: 'strict_assertion_audience', nullable: true })
  strictAssertionAudience: boolean | null;

  @Column('boolean', { name: 'require_second_factor' })
  requireSecondFactor: boolean;

  @Column('text', { name: 'default_acr_values', array: true, nullable: true })
  defaultAcrValues: string[] | null;

  @Column('integer', { name: 'default_max_age', nullable: true })
  defaultMaxAge: number | null;

  @Column('text', { name: 'optional_scopes', array: true })
  optionalScopes: string[];

  @Column('timestamptz', { name: 'reviewed_at', nullable: true })
  reviewedAt: Date | null;

  @Column('boolean')
  enabled: boolean;
}

@Entity('client_secrets')
export class ClientSecretEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('text', { name: 'client_id' })
  clientId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('bytea')
  digest: Buffer;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;
}
