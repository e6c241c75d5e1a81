import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTexts } from '../../texts/texts.js';
import { useWords } from '../../texts/words.js';
import { Link } from '../../shell/link.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { type Check, useCheckWords } from '../home/check-words.js';
import { mendOf } from '../home/mends.js';
import { texts } from './texts.js';

const LOOKS = {
  ok: { icon: 'check', tone: 'good' },
  warning: { icon: 'warning', tone: 'warn' },
  missing: { icon: 'error', tone: 'danger' },
} as const;

/** What is wrong. The platform says it in English, which is for what this console does not know. */
function Found({ check }: { readonly check: Check }) {
  const words = useCheckWords().found(check);
  return words === undefined ? (
    <p className="soft" lang="en">
      {check.detail}
    </p>
  ) : (
    <p className="soft">
      <bdi>{words}</bdi>
    </p>
  );
}

/** The screen where it is mended. What one would have to do is said where there is none. */
function Mend({ check, report }: { readonly check: Check; readonly report: readonly Check[] }) {
  const t = useTexts(texts);
  const named = useWords(texts);
  const words = useCheckWords();
  const placeOf = usePlaceOf();
  const screen = mendOf(check);
  const place = screen[0] === '' ? undefined : placeOf(...screen);
  if (place === undefined) return <p>{words.mend(check, report) ?? <span lang="en">{check.action}</span>}</p>;
  return <Link to={place}>{t('mend', { name: named(`check_${check.name}`) ?? check.name })}</Link>;
}

/** What the tenant still needs before people can sign in, as the platform sees it now. */
export function Readiness({ tenant }: { readonly tenant: Pick<Schema<'Tenant'>, 'id'> }) {
  const t = useTexts(texts);
  const named = useWords(texts);
  const { data, error, refetch } = useRead('getReadiness', { path: { tenant: tenant.id } });
  const checks = data?.body.checks ?? [];
  const missing = checks.filter(({ state }) => state === 'missing').length;
  const lead = data && (missing === 0 ? t('readiness_ready') : t('readiness_missing', { count: missing }));
  return (
    <Panel title={t('readiness')} lead={lead}>
      {!data && !error && <SkeletonLines lines={4} label={t('readiness')} />}
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <ol className="checklist">
        {checks.map((check) => (
          <li key={check.name} data-state={check.state}>
            <Icon name={LOOKS[check.state].icon} />
            <div>
              <strong>{named(`check_${check.name}`) ?? check.name}</strong>
              {check.state !== 'ok' && <Found check={check} />}
              {check.action !== null && <Mend check={check} report={checks} />}
            </div>
            <StateBadge tone={LOOKS[check.state].tone}>{t(`state_${check.state}`)}</StateBadge>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
