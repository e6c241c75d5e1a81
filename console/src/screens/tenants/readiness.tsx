import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
import { Link } from '../../shell/link.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { MENDS } from '../home/mends.js';
import { texts as homeTexts } from '../home/texts.js';
import { texts } from './texts.js';

const LOOKS = {
  ok: { icon: 'check', tone: 'good' },
  warning: { icon: 'warning', tone: 'warn' },
  missing: { icon: 'error', tone: 'danger' },
} as const;

type Check = Schema<'Readiness'>['checks'][number];

/** What is wrong: in the words of the reader, and what the platform says of it, which is English. */
function Detail({ name, detail }: Pick<Check, 'name' | 'detail'>) {
  const t = useTexts(homeTexts);
  const { language } = useLanguage();
  return (
    <>
      {language !== 'en' && <p className="soft">{t(`check_${name}`)}.</p>}
      <p className="soft" lang="en">
        {detail}
      </p>
    </>
  );
}

/** The screen where it is mended. What the API would have one do is said where there is none. */
function Mend({ name, action }: { readonly name: Check['name']; readonly action: string }) {
  const t = useTexts(texts);
  const placeOf = usePlaceOf();
  const place = name === 'status' ? undefined : placeOf(...MENDS[name]);
  if (place === undefined) return <p>{action}</p>;
  return <Link to={place}>{t('mend', { name: t(`check_${name}`) })}</Link>;
}

/** What the tenant still needs before people can sign in, as the platform sees it now. */
export function Readiness({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'id'> }) {
  const t = useTexts(texts);
  const { data, error, refetch } = useRead('getReadiness', { path: { tenant: tenant.id } });
  const checks = data?.body.checks ?? [];
  const missing = checks.filter(({ state }) => state === 'missing').length;
  const lead = data && (missing === 0 ? t('readiness_ready') : t('readiness_missing', { count: missing }));
  return (
    <Panel title={t('readiness')} lead={lead}>
      {!data && !error && <SkeletonLines lines={4} label={t('readiness')} />}
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <ol className="checklist">
        {checks.map(({ name, state, detail, action }) => (
          <li key={name} data-state={state}>
            <Icon name={LOOKS[state].icon} />
            <div>
              <strong>{t(`check_${name}`)}</strong>
              {state !== 'ok' && <Detail name={name} detail={detail} />}
              {action !== null && <Mend name={name} action={action} />}
            </div>
            <StateBadge tone={LOOKS[state].tone}>{t(`state_${state}`)}</StateBadge>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
