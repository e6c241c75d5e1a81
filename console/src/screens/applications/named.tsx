import { useCallback, useEffect, useState } from 'react';
import { useRead } from '../../api/queries.js';
import { Link } from '../../shell/link.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';

interface WhoseName {
  readonly id: string;
  /** Is told the name, once it is there. */
  readonly onName?: LearnName | undefined;
}
export type LearnName = (id: string, name: string) => void;

/** Somebody whose id alone is known. */
export function UserName({ id, onName }: WhoseName) {
  const { tenant, at } = useTenant();
  const { allowed } = usePermission()('users:read');
  const user = useRead('getUser', { path: { tenant, user_id: id } }, { enabled: allowed }).data?.body;
  return (
    <Named
      id={id}
      onName={onName}
      name={user && (user.name ?? user.username)}
      to={allowed ? at('users', id) : undefined}
    />
  );
}

export function GroupName({ id, onName }: WhoseName) {
  const { tenant, at } = useTenant();
  const { allowed } = usePermission()('users:read');
  const group = useRead('getGroup', { path: { tenant, group_id: id } }, { enabled: allowed }).data?.body;
  return <Named id={id} onName={onName} name={group?.name} to={allowed ? at('groups', id) : undefined} />;
}

export function ClientName({ id, onName }: WhoseName) {
  const { tenant, at } = useTenant();
  const { allowed } = usePermission()('clients:read');
  const client = useRead('getClient', { path: { tenant, client_id: id } }, { enabled: allowed }).data?.body;
  return (
    <Named
      id={id}
      onName={onName}
      name={client?.client_name ?? undefined}
      to={allowed ? at('applications', id) : undefined}
    />
  );
}

interface NamedProps extends WhoseName {
  readonly name: string | undefined;
  readonly to: string | undefined;
}

function Named({ id, name, to, onName }: NamedProps) {
  useEffect(() => {
    if (name !== undefined) onName?.(id, name);
  }, [id, name, onName]);
  const shown = name === undefined ? <code>{id}</code> : <bdi>{name}</bdi>;
  return to === undefined ? shown : <Link to={to}>{shown}</Link>;
}

interface LearntNames {
  /** The id, as long as there is no name. */
  readonly nameOf: (id: string) => string;
  readonly learn: LearnName;
}

/** The names that a list has asked for, for sentences about its rows. */
export function useLearntNames(): LearntNames {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const learn = useCallback<LearnName>((id, name) => setNames((known) => new Map(known).set(id, name)), []);
  return { nameOf: (id) => names.get(id) ?? id, learn };
}
