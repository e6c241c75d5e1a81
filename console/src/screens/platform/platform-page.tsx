import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { CopyField } from '../../design/copy.js';
import { Icon } from '../../design/icon.js';
import { Facts, Panel, SkeletonLines } from '../../design/states.js';
import { Meter } from '../../kit/meter.js';
import { PageHead } from '../../kit/page-head.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useSession } from '../../shell/session.js';
import { useTexts } from '../../texts/texts.js';
import { PARTS, useHealth } from './health.js';
import { useHealthWords } from './health-words.js';
import { texts } from './texts.js';

/** As many as the page asks about one by one. */
const ROWS = 20;
const COUNTED = ['users', 'clients', 'apis'] as const;

export function PlatformPage() {
  const t = useTexts(texts);
  const { version, public_url, tenant } = useSession();
  const places = [
    ['openapi', `${public_url}/api/v1/openapi.json`],
    ['discovery', `${tenant.issuer}/.well-known/openid-configuration`],
    ['live', `${public_url}/health/live`],
    ['ready', `${public_url}/health/ready`],
  ] as const;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} badges={<StateBadge tone="plain">{version}</StateBadge>} />
      <div className="page-body">
        <HealthPanel />
        <Panel title={t('about')}>
          <div className="stack">
            <Facts facts={[[t('version'), <code key="version">{version}</code>]]} />
            <CopyField label={t('api')} value={`${public_url}/api/v1`} />
            <CopyField label={t('issuer')} value={tenant.issuer} />
            <ul className="plain">
              {places.map(([name, address]) => (
                <li key={name}>
                  <a href={address} target="_blank" rel="noreferrer">
                    {t(name)} <Icon name="external" size={12} />
                  </a>
                </li>
              ))}
            </ul>
            <p className="soft">{t('docs')}</p>
          </div>
        </Panel>
        <h2>{t('usage')}</h2>
        <ResourceList
          operation="listTenants"
          request={{ query: { limit: ROWS } }}
          label={t('usage')}
          searchHint={t('search')}
          defaultSort="-created_at"
          rowKey={({ id }) => id}
          rowName={({ display_name }) => display_name}
          columns={[
            {
              id: 'tenant',
              label: t('tenant'),
              isPrimary: true,
              sort: 'display_name',
              cell: ({ slug, display_name }) => (
                <>
                  <Link className="row-link" to={`/tenants/${encodeURIComponent(slug)}?tab=usage`}>
                    <bdi>{display_name}</bdi>
                  </Link>
                  <span className="row-sub">
                    <code>{slug}</code>
                  </span>
                </>
              ),
            },
            ...COUNTED.map((name) => ({
              id: name,
              label: t(name),
              cell: (row: Schema<'Tenant'>) => <Used tenant={row} name={name} />,
            })),
          ]}
          empty={{ icon: 'tenants', title: t('empty'), text: t('empty_text') }}
          cli={['tenants', 'list']}
        />
      </div>
    </>
  );
}

function HealthPanel() {
  const t = useTexts(texts);
  const { data, error, refetch } = useHealth();
  const words = useHealthWords();
  return (
    <Panel title={t('health')} lead={t('health_lead')}>
      {error && !data ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={4} label={t('health')} />
      ) : (
        <Facts
          facts={[
            [
              t('process'),
              <StateBadge key="process" tone={data.isReady ? 'good' : 'danger'}>
                {t(data.isReady ? 'is_ready' : 'not_ready')}
              </StateBadge>,
            ],
            ...PARTS.filter((part) => part !== 'stopping' || data.parts.stopping === true).map((part) => {
              const fault = data.parts[part];
              return [
                t(`part_${part}`),
                <StateBadge key={part} tone={fault === undefined ? 'good' : 'danger'}>
                  {fault === undefined ? t('works') : words.fault(fault)}
                </StateBadge>,
              ] as const;
            }),
            [t('took'), t('milliseconds', { count: data.tookMs })],
          ]}
        />
      )}
    </Panel>
  );
}

function Used({ tenant, name }: { readonly tenant: Schema<'Tenant'>; readonly name: (typeof COUNTED)[number] }) {
  const t = useTexts(texts);
  const { data, error } = useRead('getQuotas', { path: { tenant: tenant.id } });
  if (!data) return <span className="soft">{error ? t('unknown') : '…'}</span>;
  const limit = data.body.effective_quotas[name];
  return (
    <div className="used">
      <Meter
        label={t(name)}
        used={data.body.used[name]}
        limit={typeof limit === 'number' ? limit : null}
        none={t('no_limit')}
      />
    </div>
  );
}
