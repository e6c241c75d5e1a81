import { lazy } from 'react';
import { useSession } from '../../shell/session.js';

const AdminHome = lazy(async () => ({ default: (await import('./admin-home.js')).AdminHome }));
const TenantPage = lazy(async () => ({ default: (await import('../tenants/tenant-page.js')).TenantPage }));

/** The first screen of a tenant: for operators what it is, for its administrators what needs them. */
export function TenantHome() {
  const { is_operator } = useSession();
  return is_operator ? <TenantPage /> : <AdminHome />;
}
