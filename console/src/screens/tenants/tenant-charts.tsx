import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ChoiceButtons } from '../../kit/choice-buttons.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { bucketsOf } from '../../kit/day-buckets.js';
import { DayChart, type Series } from '../../kit/day-chart.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const SPANS = ['30', '90', '365'] as const;
const DAY_MS = 86_400_000;

type Count = Exclude<keyof Schema<'DailyUsage'>, 'day'>;

const CHARTS = [
  ['chart_sign_ins', ['sign_ins', 'failed_sign_ins']],
  ['chart_tokens', ['issued_tokens', 'refused_tokens']],
  ['chart_users', ['new_users']],
  ['chart_mails', ['mails']],
] as const satisfies readonly (readonly [string, readonly Count[]])[];

const BAD: readonly Count[] = ['failed_sign_ins', 'refused_tokens'];

/** What the tenant was used for, day by day. */
export function TenantCharts({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'id' | 'slug'> }) {
  const t = useTexts(texts);
  const [url, setUrl] = useUrlState();
  const span = SPANS.find((days) => days === url.get('days')) ?? '30';
  const query = { from: dayBefore(Number(span) - 1) };
  const request = { path: { tenant: tenant.id }, query };
  const { data, error, refetch } = useRead('getUsage', request, { keepPrevious: true });
  const days = data?.body.data;
  const seriesOf = (names: readonly Count[]): Series<Count>[] =>
    names.map((name) => ({ name, label: t(`counted_${name}`), tone: BAD.includes(name) ? 'bad' : 'main' }));
  return (
    <Panel
      title={t('charts')}
      lead={t('charts_lead')}
      actions={
        <>
          <ChoiceButtons
            label={t('chart_span')}
            value={span}
            choices={SPANS.map((value) => ({ value, label: t(`chart_${value}`) }))}
            onChange={(value) => setUrl({ days: value === '30' ? undefined : value }, true)}
          />
          <CodeCopy
            operation="getUsage"
            request={() => request}
            cli={() => asCommand(['tenants', 'usage', tenant.slug, '--from', query.from])}
          />
        </>
      }
    >
      {error && !days ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !days ? (
        <SkeletonLines lines={8} label={t('charts')} />
      ) : (
        <div className="charts">
          {CHARTS.map(([title, names]) => (
            <DayChart
              key={title}
              title={t(title)}
              series={seriesOf(names)}
              buckets={bucketsOf<Count>(days, names)}
              hint={t('chart_hint')}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}

/** YYYY-MM-DD in UTC, which is how the API counts. */
function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
