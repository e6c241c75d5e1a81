import { useRead } from '../../api/queries.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';

const ACTOR = /^(user|client):(.+)@([^@]+)$/;

/** Who did something, as events say it: `user:<id>@acme`, `client:operator@system`. */
export function Actor({ actor }: { readonly actor: string | null }) {
  const { tenant, at } = useTenant();
  const [, kind, id = '', home] = ACTOR.exec(actor ?? '') ?? [];
  const isOwn = home === tenant;
  const isUser = kind === 'user' && isOwn;
  const user = useRead('getUser', { path: { tenant, user_id: isUser ? id : '-' } }, { enabled: isUser }).data?.body;
  if (actor === null) return <span className="soft">–</span>;
  if (isUser)
    return (
      <Link to={at('users', id)}>
        <bdi>{user?.username ?? id}</bdi>
      </Link>
    );
  return <code>{isOwn ? id : actor}</code>;
}
