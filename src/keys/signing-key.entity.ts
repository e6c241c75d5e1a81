import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantIdColumn } from '../database/versioned.entity.js';
import type { JWK } from 'jose';
import type { SigningAlgorithmName } from './signing-algorithm.js';

/**
 * One key of one tenant. Its state follows from the clock: `next` while it is published and does not sign yet,
 * `current` while it signs, `previous` while tokens it signed may still be alive.
 */
@Entity('signing_keys')
export class SigningKeyEntity {
  @TenantIdColumn()
  tenantId: string;

  @PrimaryColumn('text')
  kid: string;

  @Column('text')
  alg: SigningAlgorithmName;

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk: JWK;

  /** Sealed under the tenant's data key; not selected unless asked for. */
  @Column('bytea', { name: 'private_key', select: false })
  privateKey: Buffer;

  @Column('timestamptz', { name: 'published_at' })
  publishedAt: Date;

  @Column('timestamptz', { name: 'signs_from', nullable: true })
  signsFrom: Date | null;

  @Column('timestamptz', { name: 'signs_until', nullable: true })
  signsUntil: Date | null;

  @Column('timestamptz', { name: 'published_until', nullable: true })
  publishedUntil: Date | null;
}

export type SigningKeyState = 'next' | 'current' | 'previous';

export function stateOf(key: SigningKeyEntity, now: Date): SigningKeyState {
  if (key.signsFrom === null || key.signsFrom > now) return 'next';
  return key.signsUntil === null || key.signsUntil > now ? 'current' : 'previous';
}
