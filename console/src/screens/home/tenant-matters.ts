import { useRead } from '../../api/queries.js';
import { usePermission } from '../../shell/permission.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { useTexts } from '../../texts/texts.js';
import { useWords } from '../../texts/words.js';
import { useFindingWords } from '../domains/finding-words.js';
import type { Matter } from './attention.js';
import { useCheckWords } from './check-words.js';
import { mendOf } from './mends.js';
import { texts } from './texts.js';

const MANY = 100;
const LOOK_AGAIN_MS = 60_000;

/** What is wrong or waits in a tenant, from the readiness report and the lists that know of trouble. */
export function useTenantMatters(tenant: string) {
  const t = useTexts(texts);
  const named = useWords(texts);
  const placeOf = usePlaceOf();
  const permission = usePermission();
  const words = useCheckWords();
  const findings = useFindingWords();
  const path = { tenant };
  const may = (need: string) => ({ enabled: permission(need).allowed, refetchInterval: LOOK_AGAIN_MS });
  const pending = { state: 'pending', limit: MANY } as const;
  const readiness = useRead('getReadiness', { path }, may('tenants:read'));
  const reviews = useRead('listClientRegistrations', { path, query: pending }, may('clients:read'));
  const webhooks = useRead('listWebhooks', { path, query: { limit: MANY } }, may('webhooks:read'));
  const domains = useRead('listDomains', { path, query: { limit: MANY } }, may('tenants:read'));
  const grants = useRead('listAccessGrants', { path, query: { limit: MANY } }, may('audit:read'));
  const reads = [readiness, reviews, webhooks, domains, grants];

  const matters: Matter[] = [];
  for (const check of readiness.data?.body.checks ?? []) {
    if (check.state === 'ok') continue;
    matters.push({
      key: `check ${check.name}`,
      tone: check.state === 'missing' ? 'danger' : 'warn',
      title: named(`check_${check.name}`) ?? check.name,
      text: words.found(check) ?? check.detail,
      to: placeOf(...mendOf(check)),
    });
  }
  const waiting = reviews.data?.body;
  if (waiting && waiting.data.length > 0) {
    const count = waiting.data.length;
    matters.push({
      key: 'reviews',
      tone: 'warn',
      title: t(waiting.page.has_more ? 'reviews_many' : 'reviews', { count }),
      text: t('reviews_text'),
      to: placeOf('reviews'),
    });
  }
  for (const { id, url, failing_since, disabled_reason, enabled } of webhooks.data?.body.data ?? []) {
    if (disabled_reason === null && (failing_since === null || !enabled)) continue;
    matters.push({
      key: `webhook ${id}`,
      tone: 'danger',
      title: t(disabled_reason === null ? 'webhook_fails' : 'webhook_stopped', { url }),
      text: t('webhook_text'),
      to: placeOf('webhooks', id),
    });
  }
  for (const one of domains.data?.body.data ?? []) {
    const { domain, status, failing_since: failingSince } = one;
    const isLost = failingSince !== null || one.lapsed_at !== null;
    if (status === 'verified' && !isLost) continue;
    matters.push({
      key: `domain ${domain}`,
      tone: isLost ? 'danger' : 'warn',
      title: t(isLost ? 'domain_lost' : 'domain_pending', { domain }),
      text: findings.ofDomain(one) ?? t('domain_text'),
      to: placeOf('domains', domain),
    });
  }
  for (const { id, status, operator, reason } of grants.data?.body.data ?? []) {
    if (status !== 'requested' && status !== 'waiting' && status !== 'active') continue;
    matters.push({
      key: `grant ${id}`,
      tone: status === 'active' ? 'warn' : 'danger',
      title: t(`grant_${status}`, { operator }),
      text: reason,
      to: placeOf('access-grants', id),
    });
  }
  return {
    matters,
    isLoading: reads.some(({ isLoading }) => isLoading),
    error: reads.find(({ data, error }) => error && !data)?.error,
    retry: () => reads.filter(({ error }) => error).forEach(({ refetch }) => void refetch()),
  };
}
