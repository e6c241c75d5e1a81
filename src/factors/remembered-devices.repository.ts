import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

const create = statement(
  'remembered_devices.create',
  `INSERT INTO remembered_devices (tenant_id, user_id, digest, expires_at)
   VALUES ($1, $2, $3, now() + make_interval(secs => $4)) ON CONFLICT DO NOTHING`,
);
const findUser = statement(
  'remembered_devices.find_user',
  `SELECT d.user_id FROM remembered_devices d JOIN users u ON u.tenant_id = d.tenant_id AND u.id = d.user_id
    WHERE d.tenant_id = $1 AND d.digest = $2 AND d.expires_at > now() AND d.created_at >= u.valid_from
      AND d.created_at > now() - make_interval(secs => $3)`,
);
const forget = statement(
  'remembered_devices.forget',
  'DELETE FROM remembered_devices WHERE tenant_id = $1 AND user_id = $2 RETURNING user_id',
);

/** Browsers that passed the second factor of a user, and are not asked for it for a while. */
@Injectable()
export class RememberedDevicesRepository {
  constructor(private readonly database: Database) {}

  /** Again with the same digest: the form that asked for it was sent twice. */
  async create(
    tenantId: TenantId,
    device: { readonly userId: string; readonly digest: Buffer; readonly lifetimeSeconds: number },
    transaction: Transaction,
  ): Promise<void> {
    await transaction.query(create, [tenantId, device.userId, device.digest, device.lifetimeSeconds]);
  }

  /** Whose browser it is. A change of the password ends it, and a shorter lifetime than before holds at once. */
  async findUser(tenantId: TenantId, digest: Buffer, lifetimeSeconds: number): Promise<string | undefined> {
    const values = [tenantId, digest, lifetimeSeconds];
    const [row] = await this.database.query<{ user_id: string }>(tenantId, findUser, values);
    return row?.user_id;
  }

  /** @returns how many there were */
  async forget(tenantId: TenantId, userId: string, transaction: Transaction): Promise<number> {
    return (await transaction.query(forget, [tenantId, userId])).length;
  }
}
