import { Suspense, lazy } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Facts, Panel, SkeletonLines } from '../../design/states.js';
import { Meter } from '../../kit/meter.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const TenantCharts = lazy(async () => ({ default: (await import('./tenant-charts.js')).TenantCharts }));

const COUNTED = ['users', 'clients', 'apis'] as const;
const RATES = ['token_requests', 'sign_ins', 'management_calls'] as const;

export function TenantUsage({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'id' | 'slug'> }) {
  const t = useTexts(texts);
  return (
    <>
      <Suspense fallback={<SkeletonLines lines={8} label={t('charts')} />}>
        <TenantCharts tenant={tenant} />
      </Suspense>
      <Quotas tenant={tenant} />
    </>
  );
}

function Quotas({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'id'> }) {
  const t = useTexts(texts);
  const { data, error, refetch } = useRead('getQuotas', { path: { tenant: tenant.id } });
  if (!data) {
    return error ? (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={6} label={t('usage')} />
    );
  }
  const { effective_quotas: quotas, used, available } = data.body;
  const rate = (name: (typeof RATES)[number]) => {
    const quota = quotas[name];
    const left = available[name];
    if (quota === null || typeof quota === 'string' || left === null) return t('no_limit');
    return t('left', { left, limit: t(`per_${quota.per}`, { limit: quota.limit }) });
  };
  return (
    <>
      <Panel title={t('has')}>
        <div className="stack">
          {COUNTED.map((name) => (
            <Meter key={name} label={t(name)} used={used[name]} limit={numberOf(quotas[name])} none={t('no_limit')} />
          ))}
        </div>
      </Panel>
      <Panel title={t('rates')}>
        <Facts
          facts={[
            ...RATES.map((name) => [t(name), rate(name)] as const),
            [t('mails_per_hour'), String(numberOf(quotas.mails_per_hour) ?? t('no_limit'))],
          ]}
        />
      </Panel>
    </>
  );
}

function numberOf(quota: number | string | null): number | null {
  return typeof quota === 'number' ? quota : null;
}
