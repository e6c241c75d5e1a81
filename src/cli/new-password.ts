import { randomPassword } from '../crypto/random.js';
import { type ManagementApi, tenantPath } from './management-api.js';

/** A password that is as long as the tenant asks for. @throws RefusedError when there is no such tenant */
export async function newPassword(api: ManagementApi, tenant: string): Promise<string> {
  const { body } = await api.send('GET', tenantPath(tenant), { missing: `tenant ${tenant}` });
  const { password_min_length: least } = body['effective_policy'] as { password_min_length?: number };
  return randomPassword(least);
}
