import { useRead } from '../../api/queries.js';
import { PageHead } from '../../kit/page-head.js';
import { usePlaceOf, usePlatformPlaceOf } from '../../shell/place-of.js';
import { useSession, useUser } from '../../shell/session.js';
import { useTexts } from '../../texts/texts.js';
import { useHealthWords } from '../platform/health-words.js';
import { useHealth } from '../platform/health.js';
import { Attention, type Matter } from './attention.js';
import { useCheckWords } from './check-words.js';
import { FirstSteps, type Step } from './first-steps.js';
import { NewTenants } from './new-tenants.js';
import { RecentEvents } from './recent-events.js';
import { PlatformNumbers } from './platform-numbers.js';
import { texts } from './texts.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SYSTEM = 'system';

/** What an operator sees first. */
export function OperatorHome() {
  const t = useTexts(texts);
  const { matters, isLoading, error, retry } = useOperatorMatters();
  const steps = useOperatorSteps();
  return (
    <>
      <PageHead title={t('operator_title')} lead={t('operator_lead')} />
      <div className="home">
        <div className="home-main">
          <Attention matters={matters} isLoading={isLoading} error={error} onRetry={retry} />
          <FirstSteps steps={steps} />
          <NewTenants />
        </div>
        <div className="home-side">
          <PlatformNumbers />
          <RecentEvents tenant={SYSTEM} log="/audit" />
        </div>
      </div>
    </>
  );
}

function useOperatorMatters() {
  const t = useTexts(texts);
  const words = useCheckWords();
  const healthWords = useHealthWords();
  const health = useHealth();
  const deletions = useRead('listTenantDeletions', { query: { limit: 100 } });
  const mail = useRead('getReadiness', { path: { tenant: SYSTEM } });
  const since = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS).toISOString();
  const refused = useRead('listAuditEvents', {
    path: { tenant: SYSTEM },
    query: { type: 'user.sign_in_failed', since, limit: 100 },
  });
  const matters: Matter[] = [];
  for (const fault of health.data ? healthWords.faults(health.data) : [])
    matters.push({ key: fault, tone: 'danger', title: t('platform_fault'), text: fault, to: '/platform' });
  for (const { id, slug, status, scheduled_for } of deletions.data?.body.data ?? []) {
    if (status !== 'scheduled') continue;
    const when = new Date(scheduled_for);
    matters.push({
      key: id,
      tone: 'warn',
      title: t('deletion', { slug, when }),
      text: t('deletion_text'),
      to: `/tenants/${encodeURIComponent(slug)}`,
    });
  }
  const check = mail.data?.body.checks.find(({ name }) => name === 'mail');
  if (check && check.state !== 'ok') {
    const tone = check.state === 'missing' ? 'danger' : 'warn';
    matters.push({
      key: 'mail',
      tone,
      title: t('check_mail'),
      text: words.found(check) ?? check.detail,
      to: `/tenants/${SYSTEM}`,
    });
  }
  const failures = refused.data?.body;
  if (failures && failures.data.length > 0) {
    matters.push({
      key: 'sign-ins',
      tone: 'warn',
      title: t('operator_failures', { count: failures.data.length }),
      text: t('operator_failures_text'),
      to: `/audit?type=user.sign_in_failed&since=${encodeURIComponent(since)}`,
    });
  }
  const reads = [health, deletions, mail, refused];
  return {
    matters,
    isLoading: reads.some(({ isLoading }) => isLoading),
    error: reads.find(({ data, error }) => error && !data)?.error,
    retry: () => reads.filter(({ error }) => error).forEach(({ refetch }) => void refetch()),
  };
}

function useOperatorSteps(): readonly Step[] {
  const t = useTexts(texts);
  const user = useUser();
  const { tenant } = useSession();
  const placeOf = usePlaceOf();
  const platformPlaceOf = usePlatformPlaceOf();
  const platform = useRead('getPlatformPolicy', {}).data?.body;
  const templates = useRead('listPolicyTemplates', { query: { limit: 1 } }).data?.body;
  const tenants = useRead('listTenants', { query: { limit: 5, sort: '-created_at' } }).data?.body;
  const operators = useRead('listUsers', { path: { tenant: SYSTEM }, query: { enabled: true, limit: 2 } }).data?.body;
  const factors = useRead('getUserFactors', { path: { tenant: SYSTEM, user_id: user.id } }).data?.body;
  const customers = tenants?.data.filter(({ slug }) => slug !== SYSTEM);
  const step = (key: 'access' | 'template' | 'tenant' | 'second_operator' | 'factor') => ({
    key,
    title: t(`step_${key}`),
    text: t(`step_${key}_text`),
  });
  return [
    { ...step('factor'), isDone: factors && factors.data.length > 0, href: `${tenant.issuer}/account` },
    {
      ...step('second_operator'),
      isDone: operators && operators.data.length > 1,
      to: placeOf('invitations'),
    },
    {
      ...step('access'),
      isDone: platform && platform.policy.operator_access !== undefined,
      to: platformPlaceOf('templates', 'platform'),
    },
    { ...step('template'), isDone: templates && templates.data.length > 0, to: platformPlaceOf('templates', 'new') },
    { ...step('tenant'), isDone: customers && customers.length > 0, to: '/tenants/new' },
  ];
}
