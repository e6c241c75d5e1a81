import { SCREENS, screensOf } from '../screens/screens.js';
import { usePermission } from './permission.js';
import { useSession } from './session.js';
import { useTenant } from './tenant-scope.js';

/** The address of a screen about the tenant, or nothing when there is none that the person may see. */
export function usePlaceOf(): (path: string, ...parts: readonly string[]) => string | undefined {
  const session = useSession();
  const { is_operator, tenant: own } = session;
  const { base } = useTenant();
  const permission = usePermission();
  const root = is_operator && base === '' ? `/tenants/${encodeURIComponent(own.slug)}` : base;
  return (path, ...parts) => {
    const group = screensOf(session).find((one) => one.area === 'tenant' && one.path === path);
    if (!group || !permission(group.need).allowed) return undefined;
    return [root, ...[path, ...parts].filter((part) => part !== '').map(encodeURIComponent)].join('/') || '/';
  };
}

/** The same for screens of the platform. */
export function usePlatformPlaceOf(): (path: string, ...parts: readonly string[]) => string | undefined {
  const permission = usePermission();
  return (path, ...parts) => {
    const group = SCREENS.find((one) => one.area === 'platform' && one.path === path);
    if (!group || !permission(group.need).allowed) return undefined;
    return `/${[path, ...parts].map(encodeURIComponent).join('/')}`;
  };
}
