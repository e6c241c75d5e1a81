import { useRead } from '../../api/queries.js';
import { Link } from '../../shell/link.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';

/** Somebody whose id alone is known. */
export function UserName({ id }: { readonly id: string }) {
  const { tenant, at } = useTenant();
  const { allowed } = usePermission()('users:read');
  const user = useRead('getUser', { path: { tenant, user_id: id } }, { enabled: allowed }).data?.body;
  return <Named id={id} name={user && (user.name ?? user.username)} to={allowed ? at('users', id) : undefined} />;
}

export function GroupName({ id }: { readonly id: string }) {
  const { tenant, at } = useTenant();
  const { allowed } = usePermission()('users:read');
  const group = useRead('getGroup', { path: { tenant, group_id: id } }, { enabled: allowed }).data?.body;
  return <Named id={id} name={group?.name} to={allowed ? at('groups', id) : undefined} />;
}

export function ClientName({ id }: { readonly id: string }) {
  const { tenant, at } = useTenant();
  const { allowed } = usePermission()('clients:read');
  const client = useRead('getClient', { path: { tenant, client_id: id } }, { enabled: allowed }).data?.body;
  return <Named id={id} name={client?.client_name ?? undefined} to={allowed ? at('applications', id) : undefined} />;
}

interface NamedProps {
  readonly id: string;
  readonly name: string | undefined;
  readonly to: string | undefined;
}

function Named({ id, name, to }: NamedProps) {
  const shown = name === undefined ? <code>{id}</code> : <bdi>{name}</bdi>;
  return to === undefined ? shown : <Link to={to}>{shown}</Link>;
}
