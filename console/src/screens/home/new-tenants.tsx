import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { EmptyState, Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** The tenants that were made last, and whether their people can sign in. */
export function NewTenants() {
  const t = useTexts(texts);
  const { data, error, refetch } = useRead('listTenants', { query: { limit: 5, sort: '-created_at' } });
  const tenants = data?.body.data.filter(({ slug }) => slug !== 'system');
  return (
    <Panel title={t('newest')} actions={<Link to="/tenants?sort=-created_at">{t('all_tenants')}</Link>}>
      {error && !data ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !tenants ? (
        <SkeletonLines lines={4} label={t('newest')} />
      ) : tenants.length === 0 ? (
        <EmptyState
          icon="tenants"
          title={t('no_tenants')}
          text={t('no_tenants_text')}
          action={
            <ActionButton to="/tenants/new" need={['operator', 'tenants:write']}>
              {t('step_tenant')}
            </ActionButton>
          }
        />
      ) : (
        <ul className="lines">
          {tenants.map((tenant) => (
            <NewTenant key={tenant.id} tenant={tenant} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function NewTenant({ tenant }: { readonly tenant: Schema<'Tenant'> }) {
  const t = useTexts(texts);
  const readiness = useRead('getReadiness', { path: { tenant: tenant.id } }).data?.body;
  const missing = readiness?.checks.filter(({ state }) => state === 'missing').length;
  return (
    <li>
      <span>
        <Link className="row-link" to={`/tenants/${encodeURIComponent(tenant.slug)}`}>
          <bdi>{tenant.display_name}</bdi>
        </Link>
        <span className="row-sub">
          <code>{tenant.slug}</code> · <Time value={tenant.created_at} />
        </span>
      </span>
      {missing !== undefined &&
        (missing === 0 ? (
          <StateBadge tone="good">{t('ready')}</StateBadge>
        ) : (
          <StateBadge tone="warn">{t('things_missing', { count: missing })}</StateBadge>
        ))}
    </li>
  );
}
