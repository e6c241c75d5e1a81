import type { Schema } from '../../api/operation.js';
import { CodeBlock, CopyButton } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { useRead } from '../../api/queries.js';
import { Link } from '../../shell/link.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import { useClientsOf } from './use-clients-of.js';

export function ApiOverview({ api }: { readonly api: Schema<'Api'> }) {
  const t = useTexts(texts);
  const { at } = useTenant();
  const users = useClientsOf(api.identifier);
  return (
    <>
      <Panel title={t('what')} lead={t('what_lead')}>
        <Facts
          facts={[
            [t('identifier'), <Copied key="identifier" value={api.identifier} label={t('identifier')} />],
            [t('id'), <Copied key="id" value={api.id} label={t('id')} />],
            [t('tokens'), t(`format_${api.access_token_format}`)],
            [
              t('lifetime'),
              api.access_token_lifetime_seconds === null ? (
                <span className="soft">{t('by_policy')}</span>
              ) : (
                t('seconds_of', { count: api.access_token_lifetime_seconds })
              ),
            ],
            [t('roles_in_tokens'), t(`roles_${api.roles_in_tokens}`)],
            [t('created'), <Time key="created" value={api.created_at} />],
          ]}
        />
      </Panel>
      {users && (
        <Panel title={t('clients_of')} lead={t(users.isPart ? 'clients_of_part' : 'clients_of_lead')}>
          {users.clients.length === 0 ? (
            <p className="soft">{t('clients_of_none')}</p>
          ) : (
            <ul className="side-lines">
              {users.clients.map(({ client_id: id, client_name: name, permissions }) => (
                <li className="side-line" key={id}>
                  <Link to={`${at('applications', id)}?tab=permissions`}>
                    <bdi>{name ?? id}</bdi>
                  </Link>
                  <code className="soft">
                    {permissions.find((one) => one.api === api.identifier)?.scopes.join(' ') ?? ''}
                  </code>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
      <Check api={api} />
    </>
  );
}

function Copied({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <span className="copy-value">
      <code>{value}</code>
      <CopyButton text={value} what={label} />
    </span>
  );
}

/** What the API has to look at in each token, with its values. */
function Check({ api }: { readonly api: Schema<'Api'> }) {
  const t = useTexts(texts);
  const { tenant, base } = useTenant();
  const { tenant: own } = useSession();
  const isOther = base !== '';
  const named = useRead('getTenant', { path: { tenant } }, { enabled: isOther }).data?.body.issuer;
  const issuer = isOther ? named : own.issuer;
  if (issuer === undefined) return null;
  const isOpaque = api.access_token_format === 'opaque';
  return (
    <Panel title={t('check')} lead={t(isOpaque ? 'check_opaque' : 'check_jwt')}>
      <CodeBlock what={t('check')} text={isOpaque ? introspection(issuer) : verification(issuer, api)} />
    </Panel>
  );
}

function verification(issuer: string, { identifier, access_token_typ: typ, scopes }: Schema<'Api'>): string {
  return `import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL(${JSON.stringify(`${issuer}/jwks`)}));
const { payload } = await jwtVerify(token, keys, {
  issuer: ${JSON.stringify(issuer)},
  audience: ${JSON.stringify(identifier)},
  typ: ${JSON.stringify(typ)},
});
if (!payload.scope?.split(' ').includes(${JSON.stringify(scopes[0]?.name ?? 'orders:read')})) throw new Error('403');
`;
}

function introspection(issuer: string): string {
  return `curl -sS ${issuer}/introspect -u "$CLIENT_ID:$CLIENT_SECRET" --data-urlencode token="$TOKEN"
# { "active": true, "scope": "…", "sub": "…", … }, or { "active": false }
`;
}
