import type { ManagementApi } from '../management-api.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id, user name or e-mail address. */
export async function findUser(api: ManagementApi, tenant: string, given: string): Promise<string> {
  if (UUID.test(given)) return given;
  const request = { path: { tenant }, query: { identifier: given }, missing: `tenant ${tenant}` };
  const [found] = await api.list('listUsers', request, 1);
  return found?.id ?? given;
}

/** How sentences name a user. */
export function userOf(tenant: string, user: string): string {
  return `user ${user} of tenant ${tenant}`;
}

/** The user that an operation is about, and what is not there when the answer is 404. */
export async function userTarget(api: ManagementApi, tenant: string, user: string) {
  return { path: { tenant, user_id: await findUser(api, tenant, user) }, missing: userOf(tenant, user) };
}
