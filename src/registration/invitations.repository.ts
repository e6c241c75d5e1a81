import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { countListed } from '../database/count-listed.js';
import { Database } from '../database/database.js';
import { type Listed, readPage } from '../database/read-list.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type InvitationPage, invitationRequest, invitationTable } from './invitation-list.js';
import { InvitationEntity } from './invitation.entity.js';

export type InvitationData = Omit<InvitationEntity, 'tenantId' | 'id' | 'version' | 'createdAt' | 'updatedAt'>;

const accept = statement(
  'invitations.accept',
  `UPDATE invitations SET accepted_at = now(), user_id = $4, updated_at = now(), version = version + 1
    WHERE tenant_id = $1 AND id = $2 AND verification_id = $3
      AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()
   RETURNING id`,
);

@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, id: string, within?: EntityManager): Promise<InvitationEntity | undefined> {
    const read = async (manager: EntityManager) =>
      (await manager.findOneBy(InvitationEntity, { tenantId, id })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** A page of those that a filter leaves. */
  async list(tenantId: TenantId, page: InvitationPage): Promise<Listed<InvitationEntity>> {
    const table = invitationTable(tenantId);
    const request = invitationRequest(page);
    return this.database.entities(tenantId, (manager) =>
      readPage(manager, {
        table,
        request,
        find: (ids) => manager.findBy(InvitationEntity, { tenantId, id: In(ids) }),
        idOf: ({ id }) => id,
        count: page.total ? () => countListed(manager, table, request) : undefined,
      }),
    );
  }

  async create(tenantId: TenantId, id: string, data: InvitationData, manager: EntityManager): Promise<void> {
    await manager.insert(InvitationEntity, { ...data, tenantId, id, version: 1 });
  }

  /** @returns false when it is gone, or its version is not `version` */
  async update(
    tenantId: TenantId,
    id: string,
    change: { readonly version: number; readonly data: Partial<InvitationData> },
    manager: EntityManager,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      InvitationEntity,
      { tenantId, id, version: change.version },
      { ...change.data, version: change.version + 1 },
    );
    return affected === 1;
  }

  /**
   * By the link that was sent last.
   * @returns true for one caller only, while it is pending
   */
  async accept(
    tenantId: TenantId,
    by: { readonly id: string; readonly verificationId: string; readonly userId: string },
    transaction: Transaction,
  ): Promise<boolean> {
    return (await transaction.query(accept, [tenantId, by.id, by.verificationId, by.userId])).length === 1;
  }
}
