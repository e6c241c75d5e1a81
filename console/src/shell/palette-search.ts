import { useRead } from '../api/queries.js';
import { useSharedTexts } from '../texts/texts.js';
import type { PaletteItem } from './command-palette.js';
import { usePlaces } from './navigation.js';
import { usePermission } from './permission.js';
import { useSession } from './session.js';
import { useTenant } from './tenant-scope.js';

const SHOWN = 5;

/** Objects that begin with the text, by the search of the API. Only kinds that have screens here are asked for. */
export function useFoundObjects(text: string): {
  readonly items: readonly PaletteItem[];
  readonly isSearching: boolean;
} {
  const t = useSharedTexts();
  const { is_operator } = useSession();
  const { tenant, base, at } = useTenant();
  const permission = usePermission();
  const places = usePlaces().map(({ group }) => group.path);
  const query = { search: text, limit: SHOWN };
  const path = { tenant };
  const inTenant = base !== '' || !is_operator;
  const may = (place: string, need: string) => text !== '' && places.includes(place) && permission(need).allowed;
  const mayInTenant = (place: string, need: string) => inTenant && may(place, need);
  const tenants = useRead('listTenants', { query }, { enabled: is_operator && may('tenants', 'tenants:read') });
  const users = useRead('listUsers', { path, query }, { enabled: mayInTenant('users', 'users:read') });
  const clients = useRead('listClients', { path, query }, { enabled: mayInTenant('applications', 'clients:read') });
  const apis = useRead('listApis', { path, query }, { enabled: mayInTenant('apis', 'apis:read') });
  const groups = useRead('listGroups', { path, query }, { enabled: mayInTenant('groups', 'users:read') });
  if (text === '') return { items: [], isSearching: false };
  const items: PaletteItem[] = [
    ...(tenants.data?.body.data ?? []).map(({ id, slug, display_name }) => ({
      key: id,
      group: t('palette.tenants'),
      label: display_name,
      hint: slug,
      icon: 'tenants' as const,
      to: `/tenants/${encodeURIComponent(slug)}`,
    })),
    ...(users.data?.body.data ?? []).map(({ id, username, name, email }) => ({
      key: id,
      group: t('palette.users'),
      label: name ?? username,
      hint: email ?? username,
      icon: 'user' as const,
      to: at('users', id),
    })),
    ...(clients.data?.body.data ?? []).map(({ client_id, client_name }) => ({
      key: `client ${client_id}`,
      group: t('palette.applications'),
      label: client_name ?? client_id,
      hint: client_id,
      icon: 'application' as const,
      to: at('applications', client_id),
    })),
    ...(apis.data?.body.data ?? []).map(({ id, identifier, display_name }) => ({
      key: id,
      group: t('palette.apis'),
      label: display_name,
      hint: identifier,
      icon: 'api' as const,
      to: at('apis', id),
    })),
    ...(groups.data?.body.data ?? []).map(({ id, name }) => ({
      key: id,
      group: t('palette.groups'),
      label: name,
      icon: 'group' as const,
      to: at('groups', id),
    })),
  ];
  return { items, isSearching: [tenants, users, clients, apis, groups].some(({ isFetching }) => isFetching) };
}
