import { randomPassword } from '../crypto/random.js';
import type { ManagementApi } from './management-api.js';

/** A password that is as long as the tenant asks for. @throws RefusedError when there is no such tenant */
export async function newPassword(api: ManagementApi, tenant: string): Promise<string> {
  const { body } = await api.send('getTenant', { path: { tenant }, missing: `tenant ${tenant}` });
  return randomPassword(body.effective_policy.password_min_length);
}
