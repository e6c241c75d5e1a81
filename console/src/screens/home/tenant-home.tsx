import { useSession } from '../../shell/session.js';
import { TenantPage } from '../tenants/tenant-page.js';
import { AdminHome } from './admin-home.js';

/** The first screen of a tenant: for operators what it is, for its administrators what needs them. */
export function TenantHome() {
  const { is_operator } = useSession();
  return is_operator ? <TenantPage /> : <AdminHome />;
}
